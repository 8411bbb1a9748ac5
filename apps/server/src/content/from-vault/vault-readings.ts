import type { Deps } from '../../deps.ts'
import { countVersions } from './vault-office-queries.ts'
import { findConnection } from './vault-queries.ts'

const secondsSince = ({ now }: Deps, at: Date | null | undefined): number =>
  at ? (now().getTime() - at.getTime()) / 1_000 : 0

/** What a company watches of the connection to its vault; all are 0 where none is connected. */
export const vaultReadings = [
  {
    name: 'vouch_vault_cycle_age_seconds',
    help: 'Time since a cycle with the vault ended well',
    read: async (deps: Deps) => secondsSince(deps, (await findConnection(deps.db))?.cycleAt),
  },
  {
    name: 'vouch_vault_proof_age_seconds',
    help: 'Age of the oldest proof of a published version',
    read: async (deps: Deps) => secondsSince(deps, (await countVersions(deps.db)).oldestProofAt),
  },
  {
    name: 'vouch_vault_quarantined',
    help: 'Versions of the vault that are put aside',
    read: async (deps: Deps) => (await countVersions(deps.db)).quarantined,
  },
  {
    name: 'vouch_vault_braked',
    help: '1 while publishing waits for a person',
    read: async (deps: Deps) => ((await findConnection(deps.db))?.brakedAt ? 1 : 0),
  },
]
