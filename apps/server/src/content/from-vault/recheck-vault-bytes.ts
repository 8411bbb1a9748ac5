import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Deps } from '../../deps.ts'
import type { Looking } from './look-at-vault-documents.ts'
import { quarantine } from './settle-vault-version.ts'
import { findPublished } from './vault-queries.ts'

/**
 * Fetches renditions of published versions once more and holds them against the bytes that were published (F30). Other
 * bytes are put aside; ours stay as they were, and are not sent.
 */
export async function recheckVaultBytes(
  deps: Deps,
  { vault, mapping }: Looking,
  { ids, endsAt }: { ids: readonly number[]; endsAt: number },
): Promise<void> {
  for (const version of await findPublished(deps.db, ids)) {
    if (performance.now() > endsAt) return
    const { vaultId: id, major, minor, renditionHash } = version
    const asked = { id, major, minor, rendition: mapping.rendition, protectedCopy: mapping.protectedRendition }
    const folder = await mkdtemp(join(tmpdir(), 'vouch-vault-'))
    try {
      const got = await vault.download(asked, join(folder, 'file'))
      if (!got || got.sha256 === renditionHash) continue
      const differences = [{ what: 'fileHash', expected: renditionHash ?? '', found: got.sha256 }]
      await quarantine(deps, version, { reason: 'bytes_changed', differences })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
