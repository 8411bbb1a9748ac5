import type { OwnRecords, OwnRequest } from '@vouch/hcp/render'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { recordsOf } from '../../merged-records.ts'
import { ownSends, type Own } from './own-sends.ts'

/**
 * What no erasure takes: the law asks for it, so it stays, restricted to that use. Reports of adverse reactions that name
 * the HCP belong here; one made without a name belongs to nobody.
 */
export async function countHeld(db: Kysely<Database>, own: Own): Promise<NonNullable<OwnRequest['kept']>> {
  const ofAccount = (table: 'consent' | 'consentPaper') =>
    db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .where('accountId', 'in', recordsOf(db, own.accountId ?? ''))
      .executeTakeFirstOrThrow()
  const [sends, consents, papers, reports] = [
    await ownSends(db, own)
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow(),
    await ofAccount('consent'),
    await ofAccount('consentPaper'),
    await ownReports(db, own).execute(),
  ]
  const count = ({ rows }: { rows: number }): number => Number(rows)
  return { sends: count(sends), consents: count(consents), papers: count(papers), safetyReports: reports.length }
}

/** Made before or after the contact was matched: found by either, each by its key. */
function ownReports(db: Kysely<Database>, { accountId, contactIds }: Own) {
  const reports = db
    .selectFrom('safetyReport')
    .select(['receipt as number', 'awareAt as at', 'happened', 'product', 'occurred', 'seriousness', 'contact'])
  return reports
    .where('accountId', 'in', recordsOf(db, accountId ?? ''))
    .union(reports.where('externalUserId', 'in', contactIds))
    .orderBy('at', 'desc')
}

/** Adverse reactions this HCP reported under their name, newest first. */
export const findOwnReports = (db: Kysely<Database>, own: Own): Promise<OwnRecords['safetyReports']> =>
  ownReports(db, own).execute()

/** Papers somebody entered as this HCP's consent, whatever became of them. */
export async function findOwnPapers(db: Kysely<Database>, accountId: string): Promise<OwnRecords['papers']> {
  const rows = await db
    .selectFrom('consentPaper')
    .select(['signedAt as at', 'purposes', 'enteredAt', 'stage'])
    .where('accountId', 'in', recordsOf(db, accountId))
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, purposes: row.purposes.split(',') as OwnRecords['papers'][number]['purposes'] })) // written by enter-paper.ts
}
