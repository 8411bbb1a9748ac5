import type { Output, vaultEndpoints } from '@vouch/contract'
import type { Config } from '../../config.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { actsOf } from './vault-office.ts'
import { countVersions, findCycles } from './vault-office-queries.ts'
import { findConnection, type Connection } from './vault-queries.ts'

const settings = ['VAULT_URL', 'VAULT_USER', 'VAULT_PASSWORD'] as const

/** How the connection to the vault stands, for anybody in the office. */
export async function loadVaultStatus(deps: Deps, me: Session): Promise<Output<typeof vaultEndpoints.vaultStatus>> {
  const { db, vault, config } = deps
  const at = deps.now()
  const [connection, counts, cycles] = await Promise.all([findConnection(db), countVersions(db), findCycles(db, at)])
  const { braked, known: _known, ...numbers } = counts
  return {
    ...{ connected: vault !== null, missing: settings.filter((name) => !config[name]), host: hostOf(config) },
    ...{ ...cycles, ...numbers, ...connectionWords(connection, at), may: actsOf(me.roles) },
    brake: connection?.brakedAt ? { at: connection.brakedAt, reason: connection.brakeReason, waiting: braked } : null,
  }
}

const hostOf = ({ VAULT_URL }: Config): string => (VAULT_URL ? new URL(VAULT_URL).host : '')

function connectionWords(connection: Connection | undefined, at: Date) {
  const { mapping = null, problem = null, cycleAt = null, fullAt = null, revision = 0 } = connection ?? {}
  const { cursorAt = '', callsMost = null, callsLeft = null, restsUntil = null } = connection ?? {}
  return {
    ...{ mapping, problem, cycleAt, fullAt, revision, vaultId: mapping?.vaultId ?? null },
    cursorAt: cursorAt === '' ? null : new Date(cursorAt),
    allowance: { most: callsMost, left: callsLeft, restsUntil: restsUntil && restsUntil > at ? restsUntil : null },
  }
}
