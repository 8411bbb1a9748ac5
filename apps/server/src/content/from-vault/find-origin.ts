import type { ContentDetail } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { openDifferences } from './differences.ts'

type Piece = { contentItemId: string; documentId: string; source: string }

/** Where a piece from the vault stands there, and whether the vault has a newer version; null for what is approved here. */
export async function findOrigin(db: Kysely<Database>, piece: Piece): Promise<ContentDetail['origin']> {
  if (piece.source !== 'vault') return null
  const mine = await db
    .selectFrom('vaultVersion')
    .select(['vaultId', 'major', 'minor', 'provedAt', 'differences'])
    .where('contentItemId', '=', piece.contentItemId)
    .executeTakeFirst()
  if (!mine) return unknownOrigin(piece.documentId)
  const newer = await db
    .selectFrom('vaultVersion')
    .select(['major', 'minor', 'quarantine'])
    .where('vaultId', '=', mine.vaultId)
    .where('major', '>', mine.major)
    .orderBy('major', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    ...{ vaultId: Number(mine.vaultId), version: numberOf(mine), provedAt: mine.provedAt },
    newer: newer ? { version: numberOf(newer), reason: newer.quarantine ?? '' } : null,
    differences: openDifferences(mine.differences),
  }
}

const numberOf = ({ major, minor }: { major: number; minor: number }): string => `${major}.${minor}`

/** Its version has another piece by now: the words changed in the vault and somebody released them. */
function unknownOrigin(documentId: string): ContentDetail['origin'] {
  const [, vaultId] = /^vault-\d+-(\d+)$/.exec(documentId) ?? []
  return { vaultId: vaultId ? Number(vaultId) : null, version: '', provedAt: null, newer: null, differences: [] }
}
