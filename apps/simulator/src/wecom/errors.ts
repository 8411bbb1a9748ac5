/** An answer with an errcode other than 0; HTTP stays 200 (wecom-platform.md 0). */
export class WeComError extends Error {
  readonly errcode: number
  constructor(errcode: number, errmsg?: string) {
    super(errmsg ?? errorTexts[errcode] ?? 'invalid request')
    this.errcode = errcode
  }
}

/** wecom-platform.md 1.3 */
const errorTexts: Record<number, string> = {
  [-1]: 'system busy',
  40001: 'invalid credential',
  40003: 'invalid userid',
  40007: 'invalid media_id',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40035: 'invalid parameter',
  40056: 'invalid agentid',
  40058: 'missing parameter',
  40096: 'invalid external userid',
  40128: 'the customer was transferred too often',
  40129: 'the customer is being transferred',
  40130: 'handover and takeover are the same',
  40131: 'not the follower of the customer',
  40098: 'user not verified',
  41001: 'access_token missing',
  41037: 'missing contact way type',
  41040: 'invalid contact way scene',
  41050: 'invalid welcome code',
  41051: 'externaluser has started chatting',
  41054: 'user not activated',
  41096: 'another app is sending the welcome',
  42001: 'access_token expired',
  42003: 'oauth_code expired',
  42022: 'oauth_code used',
  43001: 'require GET method',
  43002: 'require POST method',
  44001: 'empty media data',
  45001: 'media size out of limit',
  45009: 'api freq out of limit',
  45033: 'concurrent out of limit',
  47001: 'data format error',
  48002: 'api forbidden',
  50003: 'app disabled',
  50001: 'redirect_url unauthorized',
  60020: 'not allow to access from your ip',
  60011: 'no privilege to access/modify contact/party/agent',
  60111: 'userid not found',
  81013: 'user & party & tag all invalid',
  84061: 'not external contact',
  84074: 'no external contact permission',
  91040: 'get ticket type invalid',
  301002: 'not allow operate another agent with this accesstoken',
}

/** The variable tail is there so that nobody decides on the wording. */
export function errorBody(error: WeComError, ip: string, nowMs: number): Record<string, unknown> {
  const hint = `hint: [${Math.floor(nowMs / 1000)}_${Math.abs(error.errcode % 97)}_${randomHex(16)}]`
  const more = `more info at https://open.work.weixin.qq.com/devtool/query?e=${error.errcode}`
  const tail = error.errcode === 84061 ? `, ${hint}` : `, ${hint}, from ip: ${ip}, ${more}`
  return { errcode: error.errcode, errmsg: error.message + tail }
}

function randomHex(bytes: number): string {
  return Array.from({ length: bytes }, () =>
    Math.floor(Math.random() * 256)
      .toString(16)
      .padStart(2, '0'),
  ).join('')
}
