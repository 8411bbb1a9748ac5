import { decideBrake } from '@vouch/rules'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import { changesSince, documentsAfter, newestChange } from '../../vault/vql.ts'
import { VaultFault } from '../../vault/vault-fault.ts'
import type { Vault } from '../../vault/vault.ts'
import { acceptVaultVersions } from './accept-vault-version.ts'
import { lookAtVaultDocuments, type Looking } from './look-at-vault-documents.ts'
import { recheckVaultBytes } from './recheck-vault-bytes.ts'
import { vaultActor } from './settle-vault-version.ts'
import { brakedNotice } from './vault-notice.ts'
import { countRecent, findOfficers, wholeComparison } from './vault-office-queries.ts'
import { findConnection, findPublishedBetween, lookAgainAt, type Connection } from './vault-queries.ts'

/** The job ends before its lease does; the next cycle goes on. */
const longestMs = 45_000
const fullEveryMs = 24 * 3_600_000
/** The vault's clock, and rows that were not yet visible to a query. */
const overlapMs = 10 * 60_000
const deletionsAtMostMs = 29 * 86_400_000
const documentsAtOnce = 1_000

/**
 * One cycle with the vault: what changed since the last, what was deleted, a part of the nightly comparison with all
 * there is, then what waits to be published. Ends are taken over first and never braked.
 */
export async function syncVault(deps: Deps): Promise<void> {
  const { vault, db } = deps
  const connection = vault && (await findConnection(db))
  if (!vault || !connection?.mapping || isStopped(connection)) return
  const endsAt = performance.now() + longestMs
  try {
    await runCycle(deps, { ...connection, mapping: connection.mapping }, { vault, mapping: connection.mapping }, endsAt)
    await note(deps, { problem: null, cycleAt: deps.now(), ...allowanceOf(vault) })
  } catch (fault) {
    if (!(fault instanceof VaultFault)) throw fault
    await note(deps, { problem: fault.message.slice(0, 200), ...allowanceOf(vault) })
    deps.log.error({ problem: fault.message }, 'the cycle with the vault did not end')
    if (fault.problem !== 'rate_limited') throw fault
  }
}

/** A refused sign-in is not repeated, nor is a vault spoken to that is not ours, until a person asks for it. */
const isStopped = ({ problem }: Connection): boolean => /^(?:sign_in_stopped|other_vault)/.test(problem ?? '')

async function runCycle(deps: Deps, connection: Connection, looking: Looking, endsAt: number): Promise<void> {
  const { vault, mapping } = looking
  if ((await vault.vaultId()) !== mapping.vaultId) throw new VaultFault('other_vault')
  const cursorAt = connection.cursorAt === '' ? null : new Date(connection.cursorAt)
  const { newest, changed } = cursorAt
    ? await takeOverChanges(deps, looking, cursorAt)
    : { newest: await findNewest(looking), changed: [] }
  await recheckVaultBytes(deps, looking, { ids: changed, endsAt })
  await lookAgainAt(deps.db, changed)
  if (newest) await note(deps, { cursorAt: newest.toISOString() })
  await compareAll(deps, connection, looking, endsAt)
  const braked = await brake(deps, connection)
  await acceptVaultVersions(deps, looking, { braked, endsAt })
}

/** Returns the newest moment the vault told, as its clock counts and never ours, and what changed since the last cycle. */
async function takeOverChanges(deps: Deps, looking: Looking, cursorAt: Date) {
  const { vault } = looking
  const rows = await vault.query(changesSince(new Date(cursorAt.getTime() - overlapMs)))
  const now = deps.now().getTime()
  const from = Math.max(cursorAt.getTime() - overlapMs, now - deletionsAtMostMs)
  const deletions = (await vault.deletions(new Date(from), new Date(now + overlapMs))).filter((one) => !one.renumbered)
  const deleted = new Set(deletions.filter(({ version }) => version === null).map(({ id }) => id))
  const ids = new Set([...rows.map(({ id }) => Number(id)), ...deletions.map(({ id }) => id)])
  await lookAtVaultDocuments(deps, { ...looking, deleted }, [...ids].filter(Number.isSafeInteger))
  const moments = rows.map((row) => ({ id: Number(row['id']), at: momentOf(row['version_modified_date__v']) }))
  const newest = moments.reduce((latest, { at }) => Math.max(latest, at), cursorAt.getTime())
  const changed = moments.filter(({ at }) => at > cursorAt.getTime()).map(({ id }) => id)
  return { newest: new Date(newest), changed: [...new Set(changed)] }
}

async function findNewest({ vault }: Looking): Promise<Date | null> {
  const [row] = (await vault.firstPage(newestChange)).rows
  const at = momentOf(row?.['version_modified_date__v'])
  return at > 0 ? new Date(at) : null
}

/**
 * Once a day everything is compared, in the order of ids and over several cycles: what no change told, a permission that
 * was lost, a window that was missed. Where it stands is kept, so that it goes on where it was stopped.
 */
async function compareAll(deps: Deps, { fullAt }: Connection, looking: Looking, endsAt: number): Promise<void> {
  const begun = await loadPlace(deps)
  if (begun === null && fullAt && deps.now().getTime() - fullAt.getTime() < fullEveryMs) return
  let after = begun ?? 0
  while (performance.now() < endsAt) {
    const { rows, more } = await looking.vault.firstPage(documentsAfter(after, documentsAtOnce))
    const ids = rows.map(({ id }) => Number(id)).toSorted((a, b) => a - b)
    const until = more ? Math.max(after, ...ids) : Number.MAX_SAFE_INTEGER
    const unseen = (await findPublishedBetween(deps.db, after, until)).filter((id) => !ids.includes(id))
    await lookAtVaultDocuments(deps, looking, [...ids, ...unseen])
    if (!more) return endComparison(deps)
    after = until
    await keepPlace(deps, String(after))
  }
}

async function endComparison(deps: Deps): Promise<void> {
  await keepPlace(deps, '')
  await transact(deps.db, async (trx) => {
    const at = deps.now()
    await trx.updateTable('vaultConnection').set({ fullAt: at }).where('id', '=', 1).execute()
    await appendAudit(trx, deps.newId(), vaultActor, at, { event: 'vault.synced', subjectId: 'vault' })
  })
}

/** Whether publishing waits for a person. The first to notice puts what waits aside, and tells those who can release it. */
async function brake(deps: Deps, { brakedAt, brakePerMinute }: Connection): Promise<boolean> {
  const at = deps.now()
  const { waiting, published } = await countRecent(deps.db, at)
  const facts = { waiting, publishedLastMinute: published, perMinute: brakePerMinute }
  if (!decideBrake({ braked: brakedAt !== null, ...facts })) return false
  const officers = await findOfficers(deps.db, at)
  await transact(deps.db, async (trx) => {
    await trx
      .updateTable('vaultVersion')
      .set({ quarantine: 'braked', quarantinedAt: at })
      .where('contentItemId', 'is', null)
      .where('quarantine', 'is', null)
      .where('releasedBy', 'is', null)
      .execute()
    if (brakedAt) return
    const brakeReason = `${waiting + published} in a minute, ${brakePerMinute} allowed`
    await trx.updateTable('vaultConnection').set({ brakedAt: at, brakeReason }).where('id', '=', 1).execute()
    const notice = brakedNotice({ count: waiting + published, allowed: brakePerMinute })
    const subjectId = deps.newId()
    const notices = officers.map((toPerson) => ({ kind: 'braked' as const, toPerson, subjectId, ...notice }))
    await addNotices(trx, deps.newId, at, notices)
    const told = { event: 'vault.braked' as const, subjectId: 'vault', reason: brakeReason, detail: facts }
    await appendAudit(trx, deps.newId(), vaultActor, at, told)
  })
  if (!brakedAt) deps.log.error(facts, 'the vault publishes too much at once; a person must look')
  return true
}

/** For the office: how much the vault let this instance ask. */
function allowanceOf(vault: Vault) {
  const { most, left, restsUntil } = vault.allowance()
  return { callsMost: most, callsLeft: left, restsUntil }
}

type Noted = Partial<{ problem: string | null; cycleAt: Date; cursorAt: string } & ReturnType<typeof allowanceOf>>

async function note({ db }: Deps, values: Noted): Promise<void> {
  await db.updateTable('vaultConnection').set(values).where('id', '=', 1).execute()
}

/** Null when no comparison is under way. */
async function loadPlace({ db }: Deps): Promise<number | null> {
  const row = await db.selectFrom('job').select('cursorValue').where('name', '=', wholeComparison).executeTakeFirst()
  return row && row.cursorValue !== '' ? Number(row.cursorValue) : null
}

async function keepPlace({ db }: Deps, cursorValue: string): Promise<void> {
  const past = new Date(0)
  const row = { name: wholeComparison, owner: null, ownedUntil: past, runAt: past, lastDoneAt: null, problem: null }
  await db
    .insertInto('job')
    .values({ ...row, cursorValue })
    .onDuplicateKeyUpdate({ cursorValue })
    .execute()
}

const momentOf = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) || 0 : 0)
