import { randomUUID } from 'node:crypto'
import { contentEndpoints, type AskedInput, type ContentDetail } from '@vouch/contract'
import { ulid } from 'ulid'
import { buildRep } from './builders.ts'
import { call, morning, type Answer, type TestServer } from './test-server.ts'

export type Colleague = { id: string; cookie: string; wecomUserId: string }

/** Somebody of the office, signed in to the console. */
export async function buildColleague(server: TestServer, ...roles: string[]): Promise<Colleague> {
  const id = await buildRep(server, { roles, name: roles[0] ?? '' })
  const { wecomUserId } = await server.owner
    .selectFrom('person')
    .select('wecomUserId')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { id, wecomUserId, cookie: await server.signIn(id, 'console') }
}

/** An author, and who signs: medical, legal and compliance. */
export async function buildOffice(server: TestServer) {
  const [author, medical, legal, compliance, officer] = await Promise.all([
    buildColleague(server, 'author'),
    buildColleague(server, 'medical'),
    buildColleague(server, 'legal'),
    buildColleague(server, 'compliance'),
    buildColleague(server, 'compliance_officer'),
  ])
  return { author, medical, legal, compliance, officer }
}
export type Office = Awaited<ReturnType<typeof buildOffice>>

const day = 86_400_000
export const inDays = (days: number, from = morning): string => new Date(from.getTime() + days * day).toISOString()

type Draft = Partial<AskedInput<typeof contentEndpoints.createDraft>>
type Words = Omit<Partial<AskedInput<typeof contentEndpoints.editDraft>>, 'contentItemId' | 'revision'>

/** A draft whose words are fit to be submitted: a phrase, which needs no pages, unless another kind is asked for. */
export async function buildDraft(server: TestServer, author: Colleague, given: Draft = {}, words: Words = {}) {
  const kind = given.kind ?? 'phrase'
  const created = await call(server, author.cookie, contentEndpoints.createDraft, {
    ...{ requestId: randomUUID(), kind, title: '问候语', class: 'scientific', product: 'PD1', language: 'zh-CN' },
    ...{ market: 'CN', ...given },
  })
  const { contentItemId } = created.body as { contentItemId: string }
  const edited = await call(server, author.cookie, contentEndpoints.editDraft, {
    ...{ contentItemId, revision: 1, cardTitle: '医学资料', cardDesc: '示例药业', expiresAt: inDays(200) },
    ...(kind === 'phrase' && { body: '{doctor}，您好，我是{rep}。' }),
    ...words,
  })
  if (kind === 'document') await drawPages(server, contentItemId)
  return { contentItemId, revision: edited.body.revision as number }
}

/** The file and pages of a draft, as the job leaves them. */
export async function drawPages({ owner }: TestServer, contentItemId: string, pages = 2): Promise<void> {
  const numbers = Array.from({ length: pages }, (_, index) => index + 1)
  await owner
    .insertInto('contentPage')
    .values(
      numbers.map((number) => ({
        ...{ contentItemId, number, width: 1080, height: 1527, placeholder: 'data:,', text: `第${number}页` },
      })),
    )
    .execute()
  await owner
    .updateTable('contentItem')
    .set({
      fileHash: 'f'.repeat(64),
      fileName: '研究.pdf',
      fileBytes: 100_000,
      mime: 'application/pdf',
      pageCount: pages,
    })
    .where('id', '=', contentItemId)
    .execute()
}

/** A version in review. */
export async function buildSubmitted(server: TestServer, author: Colleague, given: Draft = {}, words: Words = {}) {
  const draft = await buildDraft(server, author, given, words)
  await call(server, author.cookie, contentEndpoints.submitContent, draft)
  return draft.contentItemId
}

export async function detailOf(server: TestServer, who: Colleague, contentItemId: string): Promise<ContentDetail> {
  return (await call(server, who.cookie, contentEndpoints.loadContent, { contentItemId })).body as ContentDetail
}

type Signing = Partial<AskedInput<typeof contentEndpoints.beginSigning>>

/** Begins a signature over what the version says now. */
export async function begin(
  server: TestServer,
  who: Colleague,
  contentItemId: string,
  given: Signing,
): Promise<Answer> {
  const { statementHash } = await detailOf(server, who, contentItemId)
  return call(server, who.cookie, contentEndpoints.beginSigning, {
    ...{ requestId: randomUUID(), contentItemId, step: 'medical', decision: 'approve', statementHash },
    ...{ meaning: '内容准确，可以使用', ...given },
  })
}

/** Comes back from WeCom as `as` with the cookies of the browser that began. */
export async function comeBack(server: TestServer, begun: Answer, who: Colleague, as: Colleague = who) {
  const code = `code-${ulid()}`
  server.told.codes.set(code, { kind: 'member', userId: as.wecomUserId })
  const state = new URL(String(begun.body.redirectTo)).searchParams.get('state')
  const browser = begun.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  return fetch(`${server.url}/api/console/sign-in/return?code=${code}&state=${state}`, {
    redirect: 'manual',
    headers: { cookie: [who.cookie, ...browser].join('; ') },
  })
}

/** The whole of a signature; returns how it went. */
export async function sign(server: TestServer, who: Colleague, contentItemId: string, given: Signing) {
  const begun = await begin(server, who, contentItemId, given)
  if (begun.body.outcome !== 'begun') return begun.body
  await comeBack(server, begun, who)
  const { signingId } = begun.body as { signingId: string }
  return (await call(server, who.cookie, contentEndpoints.signingResult, { signingId })).body
}

/** Medical, legal and compliance sign, the last one approves. */
export async function signAll(server: TestServer, office: Office, contentItemId: string, given: Signing = {}) {
  const outcomes = []
  for (const step of ['medical', 'legal', 'compliance'] as const)
    outcomes.push((await sign(server, office[step], contentItemId, { step, ...given })).outcome)
  return outcomes
}

/** Names of the events about a version, in their order. */
export async function eventsOf({ owner }: TestServer, subjectId: string): Promise<string[]> {
  const rows = await owner
    .selectFrom('auditEntry')
    .select('event')
    .where('subjectId', '=', subjectId)
    .where('event', '!=', 'content.viewed')
    .orderBy('id')
    .execute()
  return rows.map(({ event }) => event)
}
