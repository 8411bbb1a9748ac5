import type { VaultAuditRow } from '@vouch/rules'
import type { Insertable, Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { ContentItemTable } from '../../db/tables/content.ts'
import type { Deps } from '../../deps.ts'
import { pieceSearchText } from '../../search-text.ts'
import { sha256 } from '../../secrets.ts'
import { sealed, statementOf, statementToBe } from '../../statement.ts'
import { cardPictureName } from '../card-picture.ts'
import { drawCard } from '../renditions/draw-card.ts'
import type { VaultReading } from './read-vault-version.ts'
import { vaultActor, versionName } from './settle-vault-version.ts'
import { takePages } from '../renditions/take-pages.ts'
import { lookUp, type VaultMapping } from './vault-mapping.ts'
import { lockVersion } from './vault-queries.ts'
import { wantMedia } from '../want-media.ts'
import { writePostings } from '../write-postings.ts'

const always = new Date('9999-12-31T00:00:00Z')

export type Believed = {
  mapping: VaultMapping
  reading: VaultReading
  approvals: readonly VaultAuditRow[]
  file: StoredVaultFile
  /** The piece that shows this version until now, as far as we know. */
  replaces: string | null
}
export type StoredVaultFile = {
  fileHash: string
  bytes: number
  mime: string
  kind: ContentItemTable['kind']
  seconds: number
}

/**
 * Publishes a version that was believed: a piece with its pages, sealed with the signatures the vault holds, and the end
 * of the versions before, in one transaction. What is published never changes again: other words are another piece.
 */
export async function publishVaultVersion(deps: Deps, believed: Believed): Promise<void> {
  const { reading, file } = believed
  const cardHash = await storeCard(deps, file.kind)
  await transact(deps.db, async (trx) => {
    const { id: vaultId, facts } = reading
    const version = { vaultId, major: facts.major, minor: facts.minor }
    const row = await lockVersion(trx, version)
    if (!row || row.contentItemId !== believed.replaces) return // somebody else was faster
    const at = deps.now()
    const older = await lockVersionsBefore(trx, documentOf(believed))
    const id = deps.newId()
    const number = Math.max(facts.major, ...older.map((one) => one.version + 1))
    const tags = older.at(-1)?.tags ?? '' // given here, so they go on with the document
    const piece = await insertPiece(trx, { believed, cardHash, tags, at, id, number })
    await insertApprovals(trx, { believed, piece, id })
    await supersede(deps, trx, { older, id, at, from: piece.effectiveAt ?? at })
    await writePostings(trx, at, id)
    await wantMedia(trx, at, id)
    await trx
      .updateTable('vaultVersion')
      .set({ contentItemId: id, fieldsHash: reading.fieldsHash, renditionHash: file.fileHash, provedAt: at })
      .set({ quarantine: null, quarantinedAt: null, differences: null })
      .where('vaultId', '=', vaultId)
      .where('major', '=', facts.major)
      .where('minor', '=', facts.minor)
      .execute()
    await appendAudit(trx, deps.newId(), vaultActor, at, {
      ...{ event: 'content.approved', subjectId: id, after: { state: 'approved' } },
      detail: { vault: versionName(version), fileHash: file.fileHash, released: row.releasedBy !== null },
    })
  })
  deps.shelf.forget()
}

const documentOf = ({ mapping, reading }: Believed): string => `vault-${mapping.vaultId}-${reading.id}`

/** The neutral picture: a vault holds none for cards. */
async function storeCard({ files }: Deps, kind: ContentItemTable['kind']): Promise<string> {
  const card = await drawCard(kind)
  const hash = sha256(card)
  await files.put(cardPictureName(hash), card)
  return hash
}

function lockVersionsBefore(trx: Transaction<Database>, documentId: string) {
  return trx
    .selectFrom('contentItem')
    .select(['id', 'version', 'state', 'listedUntil', 'tags'])
    .where('documentId', '=', documentId)
    .orderBy('version')
    .forUpdate()
    .execute()
}

type New = { believed: Believed; cardHash: string; tags: string; at: Date; id: string; number: number }

/** Comes in as a draft, takes its pages, and is sealed with them. */
async function insertPiece(trx: Transaction<Database>, { believed, cardHash, tags, at, id, number }: New) {
  const { mapping, reading, file } = believed
  const { words, effectiveAt, expiresAt } = reading
  const product = await trx.selectFrom('product').selectAll().where('code', '=', words.product).executeTakeFirst()
  const draft = {
    ...{ ...words, id, documentId: documentOf(believed), version: number, kind: file.kind, body: '' },
    ...{
      ways: mapping.ways.join(','),
      cardHash,
      tags,
      effectiveAt,
      expiresAt,
      state: 'draft' as const,
      source: 'vault' as const,
    },
    ...{ fileHash: file.fileHash, fileBytes: file.bytes, mime: file.mime, seconds: file.seconds },
    ...{ publishedAt: at, createdAt: at, listedUntil: at, approvedAt: at },
    searchText: pieceSearchText({
      ...{ title: words.title, shortTitle: '', aliases: [], approvalNumber: words.approvalNumber },
      productNames: product ? [product.name, product.nameEn] : [],
    }),
  } satisfies Insertable<ContentItemTable>
  await trx.insertInto('contentItem').values(draft).execute()
  const pages = file.kind === 'video' ? {} : await takePages(trx, { contentItemId: id, fileHash: file.fileHash })
  const whole = sealed({ ...draft, ...pages })
  await trx
    .updateTable('contentItem')
    .set({
      ...pages,
      state: 'approved',
      signedHash: whole.signedHash,
      approvedHash: file.fileHash,
      listedUntil: always,
    })
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .execute()
  return whole
}

/** Who signed in the vault is no person of ours: a name, and an id that stays the same for the same user there. */
async function insertApprovals(
  trx: Transaction<Database>,
  { believed, piece, id }: { believed: Believed; piece: Awaited<ReturnType<typeof insertPiece>>; id: string },
): Promise<void> {
  const statement = statementOf(statementToBe(piece))
  const rows = believed.approvals.map(({ person, name, meaning, at }) => ({
    ...{ contentItemId: id, personId: `v-${sha256(person).slice(0, 24)}`, personName: name.slice(0, 80) },
    ...{ step: (lookUp(believed.mapping.signatureMeanings, [meaning ?? '']) || 'other').slice(0, 20) },
    ...{ meaning: (meaning ?? '').slice(0, 200), signedAt: at, provedBy: 'vault' as const },
    ...{ signedHash: piece.signedHash, statement },
  }))
  if (rows.length > 0) await trx.insertInto('contentApproval').ignore().values(rows).execute()
}

type Before = Awaited<ReturnType<typeof lockVersionsBefore>>[number]

/** One that takes effect later leaves the one before in force until then. */
async function supersede(
  deps: Deps,
  trx: Transaction<Database>,
  { older, id, at, from }: { older: Before[]; id: string; at: Date; from: Date },
): Promise<void> {
  for (const before of older.filter(({ state }) => state === 'approved')) {
    if (from > at) {
      const change = { listedUntil: from, supersededBy: id, heldReason: null }
      await trx.updateTable('contentItem').set(change).where('id', '=', before.id).execute()
      continue
    }
    const change = { state: 'superseded' as const, supersededAt: at, supersededBy: id, listedUntil: at }
    await trx.updateTable('contentItem').set(change).where('id', '=', before.id).execute()
    await appendAudit(trx, deps.newId(), vaultActor, at, {
      ...{ event: 'content.superseded', subjectId: before.id, detail: { by: id } },
      ...{ before: { state: 'approved' }, after: { state: 'superseded' } },
    })
  }
}
