import type { OwnRecords, OwnRequest } from '@vouch/hcp/render'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

/** One HCP: their account, when there is one, and the contact that asks. */
export type Whose = { accountId: string | null; externalUserId: string }

/**
 * What no erasure takes: the law asks for it, so it stays, restricted to that use. Reports of adverse reactions that name
 * the HCP belong here; one made without a name belongs to nobody.
 */
export async function countHeld(db: Kysely<Database>, whose: Whose): Promise<NonNullable<OwnRequest['kept']>> {
  const ofAccount = (table: 'send' | 'consent' | 'consentPaper') =>
    db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .where('accountId', '=', whose.accountId ?? '')
      .executeTakeFirstOrThrow()
  const [sends, consents, papers, reports] = [
    await ofAccount('send'),
    await ofAccount('consent'),
    await ofAccount('consentPaper'),
    await ownReports(db, whose).execute(),
  ]
  const count = ({ rows }: { rows: number }): number => Number(rows)
  return { sends: count(sends), consents: count(consents), papers: count(papers), safetyReports: reports.length }
}

/** Made before or after the contact was matched: found by either, each by its key. */
function ownReports(db: Kysely<Database>, { accountId, externalUserId }: Whose) {
  const reports = db
    .selectFrom('safetyReport')
    .select(['receipt as number', 'awareAt as at', 'happened', 'product', 'occurred', 'seriousness', 'contact'])
  return reports
    .where('accountId', '=', accountId ?? '')
    .union(reports.where('externalUserId', '=', externalUserId))
    .orderBy('at', 'desc')
}

/** Adverse reactions this HCP reported under their name, newest first. */
export const findOwnReports = (db: Kysely<Database>, whose: Whose): Promise<OwnRecords['safetyReports']> =>
  ownReports(db, whose).execute()

/** Papers somebody entered as this HCP's consent, whatever became of them. */
export async function findOwnPapers(db: Kysely<Database>, accountId: string): Promise<OwnRecords['papers']> {
  const rows = await db
    .selectFrom('consentPaper')
    .select(['signedAt as at', 'purposes', 'enteredAt', 'stage'])
    .where('accountId', '=', accountId)
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, purposes: row.purposes.split(',') as OwnRecords['papers'][number]['purposes'] })) // written by enter-paper.ts
}
