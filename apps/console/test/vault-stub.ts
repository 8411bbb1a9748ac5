import type { Quarantined, VaultStatus } from '../src/api.ts'
import { buildStatus, fieldsSample, quarantineSamples, trailSample, trialSample } from './vault-samples.ts'

/** How the stub's vault stands now; tests change it. */
export type VaultMood = {
  status: VaultStatus
  rows: Quarantined[]
  /** How the connection stands in the answers that follow a check that was asked for, one after the other. */
  after: VaultStatus[]
  /** What the next save, trial or step is answered with instead of success. */
  answer: { status: number; body: object } | null
}

export const startVaultMood = (): VaultMood => ({
  ...{ status: buildStatus(), rows: quarantineSamples, after: [], answer: null },
})

const done = { outcome: 'done' }

/** The endpoints about the vault; undefined for any other. */
export function vaultAnswer(mood: VaultMood, path: string, body: Record<string, unknown>) {
  const given = mood.answer
  const acts: Record<string, object> = {
    ...{ 'vault/sync': done, 'vault/release': done, 'vault/unbrake': { ...done, released: 1_000 } },
    ...{ 'vault/mapping': done, 'vault/trial': trialSample },
    'vault/fields': { ...done, vaultId: 5102, fields: fieldsSample },
  }
  if (path in acts) {
    mood.answer = null
    if (!given && path === 'vault/mapping') mood.status = { ...mood.status, ...saved(mood, body) }
    return given ?? { status: 200, body: acts[path] ?? {} }
  }
  if (path === 'vault/status') return { status: 200, body: (mood.status = mood.after.shift() ?? mood.status) }
  if (path === 'vault/quarantine') return { status: 200, body: { rows: fitting(mood.rows, body), next: null } }
  return path === 'vault/trail' ? { status: 200, body: { rows: trailSample, next: null } } : undefined
}

function saved({ status }: VaultMood, { reason: _reason, revision: _revision, ...mapping }: Record<string, unknown>) {
  return { revision: status.revision + 1, mapping: mapping as VaultStatus['mapping'] } // what the page under test wrote
}

function fitting(rows: readonly Quarantined[], { show, reason, vaultId }: Record<string, unknown>) {
  return rows.filter(
    (row) =>
      (vaultId === null || row.vaultId === vaultId) &&
      (reason === '' || row.reason === reason) &&
      (show === 'all' ||
        (show === 'released' && row.released) ||
        (show === 'person' && row.needsPerson) ||
        (show === 'vault' && !row.needsPerson)),
  )
}
