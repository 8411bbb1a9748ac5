/**
 * What an errcode asks of us (wecom-platform.md 1.3). Decide on the number only: the wording of errmsg changes.
 * - retry: busy, ask again up to three times
 * - token: the access token was revoked or ran out; fetch one, ask once more
 * - secret: secret, corp or app are wrong; never ask again by itself, repeated tries block the IP for an hour
 * - frequency: stop for the window that was hit
 * - concurrency: ask less at a time
 * - code: an OAuth code is bad, expired or used; start sign-in anew
 * - media: a media_id is bad or expired; upload again
 * - file: the file itself is refused
 * - member: the userid is unknown, also of somebody who left
 * - relation: no such customer, or not (yet, any more) a customer of this member
 * - scope: the member is outside the app's visible range
 * - permission, configuration: an administrator has to act
 * - content: stopped by WeCom's content check
 * - business: the wish itself cannot be met
 * - bug: we asked wrongly
 */
export type ErrorClass =
  | 'retry'
  | 'token'
  | 'secret'
  | 'frequency'
  | 'concurrency'
  | 'code'
  | 'media'
  | 'file'
  | 'member'
  | 'relation'
  | 'scope'
  | 'permission'
  | 'configuration'
  | 'content'
  | 'business'
  | 'bug'
  | 'unknown'

const codes: Record<Exclude<ErrorClass, 'unknown'>, readonly number[]> = {
  retry: [-1],
  token: [40014, 42001],
  secret: [40001, 40013, 40091],
  frequency: [45009],
  concurrency: [45033],
  code: [40029, 42003, 42022],
  media: [40007],
  file: [40004, 40005, 40006, 40009, 41005, 44001, 45001],
  member: [40003, 46004, 60111],
  relation: [40096, 84061],
  scope: [50002, 60011, 60021],
  permission: [48002, 48006, 84074, 84084, 301002],
  configuration: [40056, 42012, 43009, 50001, 50003, 60020, 80001, 85005, 90206, 90207, 90208, 92002],
  content: [40201],
  business: [40098, 40128, 40129, 40130, 40131, 41048, 41050, 41051, 41053, 41054, 41063, 41096, 81013],
  bug: [40033, 40035, 40058, 40063, 40093, 40127, 41001, 41037, 41040, 43001, 43002, 47001, 91040],
}

const classes = new Map(
  Object.entries(codes).flatMap(([name, numbers]) => numbers.map((number) => [number, name as ErrorClass] as const)),
)

/** Codes that are not in the documents we know are `unknown`: treat them as a failure that may pass. */
export function errorClass(errcode: number): ErrorClass {
  return classes.get(errcode) ?? 'unknown'
}
