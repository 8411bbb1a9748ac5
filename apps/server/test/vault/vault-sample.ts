import type { TestServer } from '../test-server.ts'
import { usualMapping } from './vault-world.ts'

/** What the connection to a vault may be asked about: a version in quarantine, and a mapping. */
export async function buildQuarantined({ owner, deps }: TestServer) {
  const at = deps.now()
  const version = { vaultId: 4101, major: 1, minor: 0 }
  const row = { ...version, stateLabel: 'Approved', seenAt: at, provedAt: at }
  await owner
    .insertInto('vaultVersion')
    .ignore()
    .values({ ...row, quarantine: 'expiry_missing', quarantinedAt: at })
    .execute()
  const { reason: _, ...mapping } = usualMapping
  return { ...version, ...mapping }
}
