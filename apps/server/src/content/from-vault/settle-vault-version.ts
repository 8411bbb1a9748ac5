import type { VaultDifference } from '@vouch/contract'
import { needsPerson, type QuarantineReason, type VaultEnding } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Actor, Deps } from '../../deps.ts'
import { findInFlight } from '../withdrawal/in-flight.ts'
import { storeDifferences } from './differences.ts'
import { recordWithdrawal } from '../withdrawal/record-withdrawal.ts'
import { lockVersion, type KnownVersion } from './vault-queries.ts'
import { findRepsToTell, findStopping, lockStopping } from '../withdrawal/withdrawal-queries.ts'

export const vaultActor: Actor = { kind: 'system', id: 'sync-vault' }
const stillShownMs = 30 * 86_400_000

type Version = Pick<KnownVersion, 'vaultId' | 'major' | 'minor'>
/** Why a published piece rests: `newer_in_vault` while a newer version is not published here. */
export type Hold = VaultEnding | 'newer_in_vault'

export const versionName = ({ vaultId, major, minor }: Version): string => `vault ${vaultId} ${major}.${minor}`

type Aside = { reason: QuarantineReason; about?: string | undefined; differences: readonly VaultDifference[] }

/**
 * Puts a version aside. What was published of it is refused at the gate from the commit on. Told once, not each cycle;
 * what differs is kept as it was seen last.
 */
export async function quarantine(
  deps: Deps,
  version: Version,
  { reason, about, differences: seen }: Aside,
): Promise<void> {
  const differences = storeDifferences(seen)
  const isTold = await transact(deps.db, async (trx) => {
    const row = await lockVersion(trx, version)
    if (!row) return false
    if (row.quarantine === reason && row.releasedBy === null) {
      if (row.differences !== differences) await update(trx, version, { differences })
      return false
    }
    const at = deps.now()
    const aside = { quarantine: reason, quarantinedAt: at, differences }
    await update(trx, version, { ...aside, releasedBy: null, releasedReason: null })
    if (row.contentItemId) await setHold(trx, row.contentItemId, reason)
    const subjectId = row.contentItemId ?? versionName(version)
    const detail = { vault: versionName(version), ...(about === undefined ? {} : { about }) }
    await appendAudit(trx, deps.newId(), vaultActor, at, { event: 'content.quarantined', subjectId, reason, detail })
    return true
  })
  if (isTold) deps.log.error({ vault: versionName(version), reason }, 'a version of the vault was put in quarantine')
}

/** The version is believed again: the contradiction is gone, and a person released it where that is needed. */
export async function believeAgain(deps: Deps, version: KnownVersion): Promise<void> {
  const from = version.quarantine ?? version.heldReason
  await transact(deps.db, async (trx) => {
    const row = await lockVersion(trx, version)
    if (!row) return
    const at = deps.now()
    await update(trx, version, { quarantine: null, quarantinedAt: null, differences: null, provedAt: at })
    if (row.contentItemId) await setHold(trx, row.contentItemId, null)
    await appendAudit(trx, deps.newId(), vaultActor, at, {
      ...{ event: 'content.quarantine_released', subjectId: row.contentItemId ?? versionName(version) },
      ...{ reason: 'confirmed by the vault', detail: { vault: versionName(version), from } },
    })
  })
}

/** What the vault does not confirm for now is not sent; it comes back by itself when the vault confirms it again. */
export async function hold(deps: Deps, known: KnownVersion, reason: Hold): Promise<void> {
  const { contentItemId, heldReason } = known
  if (!contentItemId || known.state !== 'approved' || heldReason === reason || isQuarantine(heldReason)) return
  await transact(deps.db, async (trx) => {
    await lockVersion(trx, known)
    await setHold(trx, contentItemId, reason)
    const detail = { vault: versionName(known) }
    const told = { event: 'content.quarantined' as const, subjectId: contentItemId, reason, detail }
    await appendAudit(trx, deps.newId(), vaultActor, deps.now(), told)
  })
  deps.log.warn({ vault: versionName(known), reason }, 'a version of the vault is on hold')
}

/** A reason of ours that only a person lifts stays whatever the vault says next. */
const isQuarantine = (reason: string | null): boolean => reason !== null && needsPerson(reason as QuarantineReason)

/** Withdrawn or run out there is withdrawn or expired here, in one transaction with what reps are told. */
export async function endPublished(
  deps: Deps,
  known: KnownVersion,
  { reason, label }: { reason: VaultEnding | 'deleted_in_vault'; label: string },
): Promise<void> {
  const { contentItemId, state } = known
  const ends = state === 'approved' || (state === 'expired' && reason !== 'vault_expired')
  if (!contentItemId || !ends) return
  const told = { ...known, contentItemId, reason, label: label || reason }
  if (reason === 'vault_expired') await transact(deps.db, (trx) => expire(deps, trx, told))
  else {
    const piece = await findStopping(deps.db, contentItemId)
    const reps = piece ? await findRepsToTell(deps.db, piece, deps.now()) : new Set<string>()
    await transact(deps.db, (trx) => withdraw(deps, trx, told, reps))
  }
  deps.shelf.forget()
  deps.log.warn({ vault: versionName(known), reason }, 'a version of the vault has ended')
}

type Ending = Version & { contentItemId: string; reason: string; label: string }

async function withdraw(deps: Deps, trx: Transaction<Database>, ending: Ending, reps: Set<string>): Promise<void> {
  const { contentItemId, label } = ending
  await lockVersion(trx, ending)
  const piece = await lockStopping(trx, contentItemId)
  if (piece?.state !== 'approved' && piece?.state !== 'expired') return
  const at = deps.now()
  const inFlight = await findInFlight(trx, contentItemId, at)
  for (const send of inFlight) reps.add(send.repId)
  const detail = { vault: versionName(ending), why: ending.reason, inFlight: inFlight.map((send) => send.sendId) }
  const reason = `Veeva Vault: ${label}`.slice(0, 300)
  await recordWithdrawal(deps, trx, piece, { actor: vaultActor, at, reason, successor: null, reps, detail })
}

async function expire(deps: Deps, trx: Transaction<Database>, ending: Ending): Promise<void> {
  const { contentItemId } = ending
  await lockVersion(trx, ending)
  const piece = await lockStopping(trx, contentItemId)
  if (piece?.state !== 'approved') return
  const at = deps.now()
  const change = { state: 'expired' as const, expiredAt: at, listedUntil: new Date(at.getTime() + stillShownMs) }
  await trx.updateTable('contentItem').set(change).where('id', '=', contentItemId).execute()
  await appendAudit(trx, deps.newId(), vaultActor, at, {
    ...{ event: 'content.expired', subjectId: contentItemId, detail: { vault: versionName(ending) } },
    ...{ before: { state: 'approved' }, after: { state: 'expired' } },
  })
}

/** Forgets a version that never was published and no longer can be. */
export async function forget({ db }: Deps, { vaultId, major, minor }: Version): Promise<void> {
  await transact(db, (trx) =>
    trx
      .deleteFrom('vaultVersion')
      .where('vaultId', '=', vaultId)
      .where('major', '=', major)
      .where('minor', '=', minor)
      .where('contentItemId', 'is', null)
      .execute(),
  )
}

type Change = Partial<{
  quarantine: string | null
  quarantinedAt: Date | null
  releasedBy: string | null
  releasedReason: string | null
  provedAt: Date
  differences: string | null
}>

async function update(trx: Transaction<Database>, { vaultId, major, minor }: Version, values: Change): Promise<void> {
  await trx
    .updateTable('vaultVersion')
    .set(values)
    .where('vaultId', '=', vaultId)
    .where('major', '=', major)
    .where('minor', '=', minor)
    .execute()
}

/** The row itself is locked by the update: every send is decided wholly before or wholly after. */
async function setHold(trx: Transaction<Database>, contentItemId: string, heldReason: string | null): Promise<void> {
  await trx
    .updateTable('contentItem')
    .set({ heldReason })
    .where('id', '=', contentItemId)
    .where('state', '=', 'approved')
    .execute()
}
