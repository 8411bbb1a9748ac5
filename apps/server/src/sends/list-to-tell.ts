import type { Input, Output, repEndpoints } from '@vouch/contract'
import type { FactKind, PastSend } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import { readCursor, writeCursor, type Cursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { lookBackMs } from './around-queries.ts'
import { isAskedOf, isLastAsked, noticeInForce, stillToTell } from './tell-queries.ts'

type Endpoint = typeof repEndpoints.listToTell
type Answer = Output<Endpoint>

const pageSize = 20
/** Rows a statement, and statements an answer: most of what was ever asked may be told long ago. */
const atOnce = 200
const mostRounds = 5

/** The rep's doctors who are still to be told of a withdrawal, whoever was asked for last first. */
export async function listToTell(deps: Deps, repId: string, asked: Input<Endpoint>): Promise<Answer> {
  const doctors: Answer['doctors'] = []
  let after = readCursor(asked.cursor)
  for (let round = 0; round < mostRounds; round += 1) {
    const rows = await findAllAsked(deps.db, repId, { now: deps.now(), after })
    const sends = await findSends(deps.db, rows)
    for (const row of rows) {
      after = { at: row.askedAt, id: row.recordId }
      const open = describe(row, sends.get(row.accountId) ?? [])
      // Asked under two records of one doctor it is one thing to tell.
      const named = doctors.some(
        (one) => one.externalUserId === row.externalUserId && one.notice.contentItemId === row.noticeItemId,
      )
      if (open && !named) doctors.push(open)
      if (doctors.length === pageSize) return { doctors, next: writeCursor(after) }
    }
    if (rows.length < atOnce) return { doctors, next: null }
  }
  return { doctors, next: after ? writeCursor(after) : null }
}

type AskedOf = { now: Date; after: Cursor | undefined }

/** Under the doctor's own record and under those merged into it since, each by its key. */
async function findAllAsked(db: Kysely<Database>, repId: string, asked: AskedOf) {
  const [own, merged] = await Promise.all([
    findAsked(db, repId, { ...asked, doctor: 'record.id' }),
    findAsked(db, repId, { ...asked, doctor: 'record.mergedInto' }),
  ])
  const newestFirst = (one: AskedRow, other: AskedRow) =>
    other.askedAt.getTime() - one.askedAt.getTime() || (one.recordId < other.recordId ? -1 : 1)
  return [...own, ...merged].toSorted(newestFirst).slice(0, atOnce)
}

function findAsked(
  db: Kysely<Database>,
  repId: string,
  { now, after, doctor }: AskedOf & { doctor: 'record.id' | 'record.mergedInto' },
) {
  const rows = db
    .selectFrom('recallReader as told')
    .innerJoin('account as record', 'record.id', 'told.accountId')
    .innerJoin('externalContact', 'externalContact.accountId', doctor)
    .innerJoin('contactFollow', (join) =>
      join
        .onRef('contactFollow.externalUserId', '=', 'externalContact.externalUserId')
        .on('contactFollow.repId', '=', repId)
        .on('contactFollow.following', '=', 1),
    )
    .innerJoin('account', 'account.id', 'externalContact.accountId')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .innerJoin('contentItem as gone', 'gone.id', 'told.contentItemId')
    .innerJoin('contentItem as notice', 'notice.id', 'told.noticeItemId')
    .select(['told.accountId as recordId', 'account.id as accountId', 'told.askedAt', 'externalContact.externalUserId'])
    .select(['account.name', 'account.title as post', 'account.department', 'hospital.name as hospital'])
    .select(['gone.title', 'gone.version', 'notice.title as notice', 'notice.documentId'])
    .select(noticeInForce(sql.ref('notice.id'), sql.ref('notice.documentId'), now).as('noticeItemId'))
    .where('told.askedAt', '>', new Date(now.getTime() - lookBackMs))
    .where(isLastAsked)
    .where(isAskedOf(repId, sql.ref(doctor)))
    .orderBy('told.askedAt', 'desc')
    .orderBy('told.accountId')
    .limit(atOnce)
  if (!after) return rows.execute()
  return rows
    .where('told.askedAt', '<=', after.at)
    .where((eb) => eb.or([eb('told.askedAt', '<', after.at), eb('told.accountId', '>', after.id)]))
    .execute()
}
type AskedRow = Awaited<ReturnType<typeof findAsked>>[number]

const kindsOfSend = sql<string>`(select group_concat(fact.kind) from fact where fact.send_id = send.id)`.as('kinds')

/** What these doctors were sent of these notices since, by account; to any of their records. */
async function findSends(db: Kysely<Database>, asked: readonly AskedRow[]): Promise<Map<string, PastSend[]>> {
  const found = new Map<string, PastSend[]>()
  if (asked.length === 0) return found
  const doctors = [...new Set(asked.map(({ accountId }) => accountId))]
  const merged = await db
    .selectFrom('account')
    .select(['id', 'mergedInto'])
    .where('mergedInto', 'in', doctors)
    .execute()
  const wholeOf = new Map(merged.map(({ id, mergedInto }) => [id, mergedInto ?? id]))
  const rows = await db
    .selectFrom('send')
    .select(['send.id as sendId', 'send.accountId', 'send.repId', 'send.externalUserId', 'send.documentId'])
    .select(['send.class', 'send.decidedAt as authorisedAt', kindsOfSend])
    .where('send.accountId', 'in', [...doctors, ...wholeOf.keys()])
    .where('send.documentId', 'in', [...new Set(asked.map(({ documentId }) => documentId))])
    .where('send.decidedAt', '>=', new Date(Math.min(...asked.map(({ askedAt }) => askedAt.getTime()))))
    .where('send.outcome', '=', 'authorised')
    .execute()
  for (const { accountId, kinds, ...send } of rows) {
    if (!accountId) continue
    const facts = kinds.split(',') as FactKind[] // kinds of rows of fact
    const doctor = wholeOf.get(accountId) ?? accountId
    found.set(doctor, [...(found.get(doctor) ?? []), { ...send, facts }])
  }
  return found
}

function describe(row: AskedRow, sends: readonly PastSend[]): Answer['doctors'][number] | undefined {
  const { accountId, externalUserId, name, post, hospital, department } = row
  const [open] = stillToTell([row], sends)
  const account = { accountId, name, title: post, hospital: hospital ?? '', department, sameName: false }
  return open && { externalUserId, account, ...open }
}
