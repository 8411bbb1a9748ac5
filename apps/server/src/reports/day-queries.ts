import { startOfShanghaiDay, type RefusalReason } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { stillSaid } from '../merged-records.ts'
import { asKinds, factKinds, firstOpened } from '../sends/became-of-queries.ts'
import type { CountedSend } from './measures.ts'

const dayMs = 86_400_000
const pageSize = 2_000

/** Midnight in Shanghai that opens a day counted from 1970. */
export const startOfDay = (day: number): Date => startOfShanghaiDay(new Date(day * dayMs))
/** The Shanghai day of a column, in days since 1970. */
export const dayIn = (column: string) => sql<number>`floor((unix_timestamp(${sql.ref(column)}) + 28800) / 86400)`

/** Everything that was tried from a moment up to another, page after page. */
export async function* readSends(db: Kysely<Database>, from: Date, until: Date): AsyncGenerator<CountedSend[]> {
  let after = { at: from, id: '' }
  for (;;) {
    const rows = await findSends(db, after, until)
    if (rows.length > 0) yield await withReading(db, rows)
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = { at: last.at, id: last.sendId }
  }
}

type Row = Awaited<ReturnType<typeof findSends>>[number]

/** A merged record stands for nobody: the doctor is who it was merged into. */
function findSends(db: Kysely<Database>, after: { at: Date; id: string }, until: Date) {
  return db
    .selectFrom('send')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .leftJoin('account as named', 'named.id', 'send.accountId')
    .leftJoin('account as whole', (join) =>
      join.on('whole.id', '=', sql`coalesce(${sql.ref('named.merged_into')}, ${sql.ref('named.id')})`),
    )
    .select(['send.id as sendId', 'send.decidedAt as at', 'send.repId', 'send.externalUserId', 'send.contentItemId'])
    .select(['send.documentId', 'send.class', 'send.kind', 'send.outcome', 'contentItem.product'])
    .select(['contentItem.pageCount', 'whole.id as accountId'])
    .select(['whole.hospitalId', 'whole.specialty', 'whole.territory'])
    .select(sql<unknown>`if(send.outcome = 'refused', json_extract(weighed, '$.refusals[*].reason'), null)`.as('said'))
    .select([factKinds.as('kinds'), firstOpened.as('openedAt')])
    .where('send.decidedAt', '>=', after.at)
    .where('send.decidedAt', '<', until)
    .where((eb) => eb.or([eb('send.decidedAt', '>', after.at), eb('send.id', '>', after.id)]))
    .orderBy('send.decidedAt')
    .orderBy('send.id')
    .limit(pageSize)
    .execute()
}

async function withReading(db: Kysely<Database>, rows: Row[]): Promise<CountedSend[]> {
  const opened = rows.filter(({ openedAt, accountId }) => openedAt && accountId)
  const asked = rows.filter((row) => row.class === 'consent' && row.outcome === 'authorised' && row.accountId)
  const [readings, answers] = await Promise.all([findReadings(db, opened), findAnswers(db, asked)])
  return rows.map(({ accountId, hospitalId, specialty, territory, said, kinds, pageCount, openedAt, ...row }) => ({
    ...row,
    doctor: accountId
      ? { accountId, hospitalId: hospitalId ?? '', specialty: specialty ?? '', territory: territory ?? '' }
      : null,
    pageCount: Number(pageCount ?? 0),
    reasons: reasonsOf(said),
    facts: asKinds(kinds),
    openedAt,
    reading: readings.get(row.sendId) ?? null,
    answer: answers.get(row.sendId) ?? null,
  }))
}

/** A list of reasons as one engine gives it parsed and the other as text. */
const reasonsOf = (said: unknown): RefusalReason[] =>
  (typeof said === 'string' ? JSON.parse(said) : (said ?? [])) as RefusalReason[] // written by authorise-send.ts

type Reading = { pages: number; visibleMs: number }

/**
 * What was read of the version sent, of doctors whose newest word on the reading record is a yes. Nothing is kept without
 * one; whoever takes it back is not counted any more either, not even for what was kept until then.
 */
async function findReadings(db: Kysely<Database>, opened: readonly Row[]): Promise<Map<string, Reading>> {
  const accounts = [...new Set(opened.map(({ accountId }) => accountId!))]
  if (accounts.length === 0) return new Map()
  const agreed = await findAgreed(db, accounts)
  const sends = opened.filter(({ accountId }) => agreed.has(accountId!))
  if (sends.length === 0) return new Map()
  const rows = await db
    .selectFrom('pageView')
    .innerJoin('send', 'send.id', 'pageView.sendId')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .select('pageView.sendId')
    .select((eb) => [
      eb.fn.count<number>('pageView.page').distinct().as('pages'),
      eb.fn.sum<number>('pageView.visibleMs').as('visibleMs'),
    ])
    .where(
      'pageView.sendId',
      'in',
      sends.map(({ sendId }) => sendId),
    )
    .where('pageView.contentItemId', 'is', null)
    .whereRef('pageView.page', '<=', 'contentItem.pageCount')
    .groupBy('pageView.sendId')
    .execute()
  return new Map(rows.map((row) => [row.sendId, { pages: Number(row.pages), visibleMs: Number(row.visibleMs) }]))
}

/** Of these doctors, those whose newest word on the reading record is a yes; of two in one instant the stricter. */
async function findAgreed(db: Kysely<Database>, accounts: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('consent')
    .select(['accountId', 'statement'])
    .where('accountId', 'in', accounts)
    .where('purpose', '=', 'reading_record')
    .where(stillSaid('consent'))
    .orderBy('statedAt')
    .orderBy(sql`statement <> 'opted_in'`)
    .orderBy('id')
    .execute()
  const newest = new Map(rows.map(({ accountId, statement }) => [accountId, statement]))
  return new Set([...newest].flatMap(([accountId, statement]) => (statement === 'opted_in' ? [accountId] : [])))
}

type Answer = { statement: string; at: Date }

/** The first word on receiving after each invitation, unless another invitation went out before it. */
async function findAnswers(db: Kysely<Database>, asked: readonly Row[]): Promise<Map<string, Answer>> {
  const accounts = [...new Set(asked.map(({ accountId }) => accountId!))]
  if (accounts.length === 0) return new Map()
  const [said, asks] = await Promise.all([findWords(db, accounts), findAsks(db, accounts)])
  return new Map(
    asked.flatMap(({ sendId, accountId, at }) => {
      const word = said.find((one) => one.accountId === accountId && one.at >= at)
      const again = asks.find(
        (one) => one.accountId === accountId && (one.at > at || (+one.at === +at && one.id > sendId)),
      )
      return word && !(again && again.at <= word.at) ? [[sendId, word] as const] : []
    }),
  )
}

const findWords = (db: Kysely<Database>, accounts: readonly string[]) =>
  db
    .selectFrom('consent')
    .select(['accountId', 'statement', 'statedAt as at'])
    .where('accountId', 'in', accounts)
    .where('purpose', '=', 'receive')
    .where(stillSaid('consent'))
    .orderBy('statedAt')
    .orderBy(sql`statement = 'opted_in'`)
    .orderBy('id')
    .execute()

/** Invitations that were authorised to these doctors, in their order, by the record that stands for them now. */
export const findAsks = (db: Kysely<Database>, accounts: readonly string[]) =>
  db
    .selectFrom('send')
    .innerJoin('account', 'account.id', 'send.accountId')
    .select([sql<string>`coalesce(account.merged_into, account.id)`.as('accountId'), 'send.id', 'send.decidedAt as at'])
    .select(factKinds.as('kinds'))
    .where('send.class', '=', 'consent')
    .where('send.outcome', '=', 'authorised')
    .where((eb) => eb.or([eb('account.id', 'in', accounts), eb('account.mergedInto', 'in', accounts)]))
    .orderBy('send.decidedAt')
    .orderBy('send.id')
    .execute()
