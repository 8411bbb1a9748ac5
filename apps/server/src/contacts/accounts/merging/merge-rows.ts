import type { Transaction } from 'kysely'
import type { Database } from '../../../db/schema.ts'
import type { Wish } from '../../wishes/wish-rows.ts'
import type { AccountOwn } from '../account-rows.ts'

/** Where the one that stays has nothing, it takes what the other one has. */
const fillable = ['externalId', 'title', 'post', 'campus', 'specialty', 'licenceNumber'] as const
type Fillable = (typeof fillable)[number]

/** What undoing gives back: values of the survivor that came with the merge, and what the other one was. */
export type Was = {
  /** As it was and as the merge left it: given back only where nobody changed it since. */
  taken: Partial<Record<Fillable, { was: string | null; left: string | null }>>
  verified: { was: Proof; left: Proof } | null
  pausedUntil: { was: string | null; left: string | null } | null
  wish: { was: Omit<Wish, 'revision'> | null; leftRevision: number } | null
  merged: { active: boolean; externalId: string | null }
}
type Proof = { verified: boolean; source: AccountOwn['verifiedSource']; at: string | null; by: string | null }

export const proofOf = (one: AccountOwn): Proof => ({
  ...{ verified: Boolean(one.hcpVerified), source: one.verifiedSource },
  ...{ at: one.verifiedAt?.toISOString() ?? null, by: one.verifiedBy },
})
export const asProofColumns = ({ verified, source, at, by }: Proof) => ({
  ...{ hcpVerified: verified, verifiedSource: source, verifiedAt: at ? new Date(at) : null, verifiedBy: by },
})

/** Values the survivor takes over, by their columns. */
export function takenValues(survivor: AccountOwn, merged: AccountOwn): Was['taken'] {
  const empty = (value: string | null): boolean => value === null || value === ''
  return Object.fromEntries(
    fillable
      .filter((field) => empty(survivor[field]) && !empty(merged[field]))
      .map((field) => [field, { was: survivor[field], left: merged[field] }]),
  )
}

/** A proof comes over only with the licence it is of. */
export function takenProof(survivor: AccountOwn, merged: AccountOwn): Was['verified'] {
  const comes = !survivor.hcpVerified && merged.hcpVerified && !survivor.licenceNumber && merged.licenceNumber
  return comes ? { was: proofOf(survivor), left: proofOf(merged) } : null
}

/** The later of two pauses: wishes only ever tighten. */
export function takenPause(survivor: AccountOwn, merged: AccountOwn): Was['pausedUntil'] {
  const [ours, theirs] = [survivor.pausedUntil, merged.pausedUntil]
  if (!theirs || (ours && ours >= theirs)) return null
  return { was: ours?.toISOString() ?? null, left: theirs.toISOString() }
}

/** The one place that writes the column. */
export const writeWas = (was: Was): string => JSON.stringify(was)
/** JSON comes parsed from MySQL and as text from MariaDB. */
export const readWas = (value: unknown): Was => (typeof value === 'string' ? JSON.parse(value) : value) as Was // written above

export async function noteMoved(
  trx: Transaction<Database>,
  mergeId: string,
  moved: Record<'contact' | 'record' | 'consent', readonly string[]>,
): Promise<void> {
  const rows = (['contact', 'record', 'consent'] as const).flatMap((kind) =>
    moved[kind].map((rowId) => ({ mergeId, kind, rowId })),
  )
  if (rows.length > 0) await trx.insertInto('accountMergeRow').values(rows).execute()
}

/**
 * Locks everything two records hang on in the order each send does: contacts, then accounts by their ids. Contacts that
 * are matched in between wait for the accounts.
 */
export async function lockContactsOf(trx: Transaction<Database>, accountIds: readonly string[]): Promise<void> {
  await trx
    .selectFrom('externalContact')
    .select('externalUserId')
    .where('accountId', 'in', accountIds)
    .orderBy('externalUserId')
    .forUpdate()
    .execute()
}

export async function findContactIds(trx: Transaction<Database>, accountId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('externalContact')
    .select('externalUserId')
    .where('accountId', '=', accountId)
    .orderBy('externalUserId')
    .forUpdate()
    .execute()
  return rows.map((row) => row.externalUserId)
}

export async function moveContacts(
  trx: Transaction<Database>,
  externalUserIds: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<void> {
  if (externalUserIds.length === 0) return
  await trx
    .updateTable('externalContact')
    .set({ accountId: to })
    .where('externalUserId', 'in', externalUserIds)
    .where('accountId', '=', from)
    .execute()
}
