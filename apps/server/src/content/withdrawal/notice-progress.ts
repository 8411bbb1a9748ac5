import type { Input, Output, readerEndpoints } from '@vouch/contract'
import { standingOf } from '@vouch/rules'
import type { Kysely } from 'kysely'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findNoticeSends } from './notice-sends.ts'
import { noticeKind, noticeSubject } from './notice-subject.ts'
import { inParts } from './reader-queries.ts'
import { findStopping } from './withdrawal-queries.ts'

type Endpoint = typeof readerEndpoints.noticeProgress
type Answer = Output<Endpoint>
const pageSize = 50

/** Each time a rep was asked to tell readers of a version, the newest first, and what came of it. */
export async function noticeProgress({ db }: Deps, asked: Input<Endpoint>): Promise<Answer> {
  const after = readCursor(asked.cursor)
  if (!(await findStopping(db, asked.contentItemId))) throw new AppError('content_not_found')
  const rows = await findAskings(db, asked.contentItemId)
  const told = await findToldAccounts(db, rows)
  const askings = group(rows, told)
  const messages = await findMessages(db, askings)
  const rest = after ? askings.filter((one) => comesAfter(one, after)) : askings
  const page = rest.slice(0, pageSize)
  const last = page.at(-1)
  const doctors = new Map(rows.map(({ accountId }) => [accountId, told.has(accountId)]))
  return {
    doctors: doctors.size,
    sent: [...doctors.values()].filter(Boolean).length,
    waiting: [...messages.values()].filter(({ message }) => message === 'waiting').length,
    asked: page.map(({ rep, notice, askedAt, doctors, sent, subjectId }) => ({
      ...{ rep, notice, askedAt, doctors, sent },
      ...(messages.get(subjectId) ?? delivered),
    })),
    next: last && rest.length > pageSize ? writeCursor({ at: last.askedAt, id: last.repId }) : null,
  }
}

/** One row for each reader and asking, in the order of a page. */
function findAskings(db: Kysely<Database>, contentItemId: string) {
  return db
    .selectFrom('recallReader')
    .innerJoin('contentItem', 'contentItem.id', 'recallReader.noticeItemId')
    .innerJoin('person', 'person.id', 'recallReader.repId')
    .innerJoin('account', 'account.id', 'recallReader.accountId')
    .select(['recallReader.contentItemId', 'recallReader.repId', 'recallReader.askedAt'])
    .select((eb) => eb.fn.coalesce('account.mergedInto', 'account.id').as('accountId'))
    .distinct()
    .select(['contentItem.id as noticeItemId', 'contentItem.title as notice', 'contentItem.documentId'])
    .select('person.name as rep')
    .where('recallReader.contentItemId', '=', contentItemId)
    .orderBy('recallReader.askedAt', 'desc')
    .orderBy('recallReader.repId')
    .execute()
}
type AskingRow = Awaited<ReturnType<typeof findAskings>>[number]

/** Readers who were sent the last notice that was asked for them. */
async function findToldAccounts(db: Kysely<Database>, rows: readonly AskingRow[]): Promise<Set<string>> {
  const last = new Map<string, AskingRow>()
  for (const row of rows) if (!last.has(row.accountId)) last.set(row.accountId, row)
  const told = new Set<string>()
  for (const part of inParts([...last.values()])) {
    const { past } = await findNoticeSends(db, part)
    for (const { accountId, documentId, askedAt } of part) {
      if (standingOf(documentId, past.get(accountId) ?? [], askedAt).standing === 'sent') told.add(accountId)
    }
  }
  return told
}

type Asking = Pick<AskingRow, 'rep' | 'repId' | 'notice' | 'askedAt'> & {
  subjectId: string
  doctors: number
  sent: number
}

function group(rows: readonly AskingRow[], told: ReadonlySet<string>): Asking[] {
  const askings = new Map<string, Asking>()
  for (const row of rows) {
    const subjectId = noticeSubject(row)
    const { rep, repId, notice, askedAt } = row
    const known = askings.get(subjectId) ?? { rep, repId, notice, askedAt, subjectId, doctors: 0, sent: 0 }
    known.doctors += 1
    if (told.has(row.accountId)) known.sent += 1
    askings.set(subjectId, known)
  }
  return [...askings.values()]
}

const comesAfter = ({ askedAt, repId }: Asking, { at, id }: { at: Date; id: string }): boolean =>
  askedAt < at || (askedAt.getTime() === at.getTime() && repId > id)

type Message = Pick<Answer['asked'][number], 'message' | 'problem'>
/** What was delivered long ago is no longer kept; what failed is. */
const delivered: Message = { message: 'told', problem: null }

async function findMessages(db: Kysely<Database>, askings: readonly Asking[]): Promise<Map<string, Message>> {
  const messages = new Map<string, Message>()
  for (const part of inParts(askings)) {
    const rows = await db
      .selectFrom('outbox')
      .select(['subjectId', 'sentAt', 'problem', 'runAt'])
      .where('kind', '=', noticeKind)
      .where(
        'subjectId',
        'in',
        part.map(({ subjectId }) => subjectId),
      )
      .execute()
    for (const { subjectId, sentAt, problem, runAt } of rows) {
      if (sentAt) messages.set(subjectId, delivered)
      else if (runAt < neverAgain) messages.set(subjectId, { message: 'waiting', problem: null })
      else messages.set(subjectId, { message: 'failed', problem })
    }
  }
  return messages
}
/** A notice that is given up is never due again. */
const neverAgain = new Date('9999-01-01T00:00:00.000Z')
