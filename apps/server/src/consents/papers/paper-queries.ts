import type { ConsentPaper } from '@vouch/contract'
import type { ConsentPurpose } from '@vouch/rules'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'

const columns = [
  ...(['consentPaper.id as paperId', 'consentPaper.accountId', 'consentPaper.purposes'] as const),
  ...(['consentPaper.language', 'consentPaper.signedAt', 'consentPaper.fileHash', 'consentPaper.fileName'] as const),
  ...([
    'consentPaper.mime',
    'consentPaper.note',
    'consentPaper.stage',
    'consentPaper.enteredBy',
    'consentPaper.enteredIn',
  ] as const),
  ...(['consentPaper.enteredAt', 'consentPaper.settledBy', 'consentPaper.settledAt', 'consentPaper.reason'] as const),
] as const

/** A paper, locked: who settles it first settles it. Throws `content_not_found`. */
export async function lockPaper(trx: Transaction<Database>, paperId: string) {
  const paper = await trx
    .selectFrom('consentPaper')
    .select(columns)
    .where('id', '=', paperId)
    .forUpdate()
    .executeTakeFirst()
  if (!paper) throw new AppError('content_not_found')
  return paper
}
export type PaperRow = Awaited<ReturnType<typeof lockPaper>>

export function findPaper(db: Kysely<Database>, paperId: string) {
  return db.selectFrom('consentPaper').select(columns).where('id', '=', paperId).executeTakeFirst()
}

/** As `enterPaper` wrote them. */
export const purposesOf = (paper: Pick<PaperRow, 'purposes'>): ConsentPurpose[] =>
  paper.purposes.split(',') as ConsentPurpose[]

export type PaperPage = { show: 'waiting' | 'settled'; after: string | undefined; limit: number }

/** Papers with whom they are of and who dealt with them: those that wait oldest first, settled ones newest first. */
export async function findPapers(db: Kysely<Database>, { show, after, limit }: PaperPage) {
  let rows = db
    .selectFrom('consentPaper')
    .innerJoin('account', 'account.id', 'consentPaper.accountId')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .leftJoin('person as clerk', 'clerk.id', 'consentPaper.enteredBy')
    .leftJoin('person as judge', 'judge.id', 'consentPaper.settledBy')
    .select(columns)
    .select(['account.name as doctor', 'account.title', 'hospital.name as hospital'])
    .select(['clerk.name as enteredByName', 'judge.name as settledByName'])
    .limit(limit)
  if (show === 'waiting') {
    rows = rows.where('consentPaper.stage', '=', 'waiting').orderBy('consentPaper.id')
    if (after) rows = rows.where('consentPaper.id', '>', after)
    return rows.execute()
  }
  rows = rows.where('consentPaper.stage', 'in', ['confirmed', 'rejected']).orderBy('consentPaper.id', 'desc')
  if (after) rows = rows.where('consentPaper.id', '<', after)
  return rows.execute()
}

export function asPaper(
  row: Awaited<ReturnType<typeof findPapers>>[number],
  may: { personId: string; act: boolean },
): ConsentPaper {
  const { fileHash: _hash, enteredByName, settledByName, enteredBy, settledBy: _settledBy, ...paper } = row
  return {
    ...paper,
    ...{ hospital: row.hospital ?? '', enteredBy: enteredByName ?? '', settledBy: settledByName ?? '' },
    purposes: purposesOf(row),
    maySettle: may.act && row.stage === 'waiting' && enteredBy !== may.personId,
  }
}
