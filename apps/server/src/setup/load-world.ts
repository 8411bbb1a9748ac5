import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Insertable, type Kysely, type Transaction } from 'kysely'
import type { IncomingPiece, PreparedPiece } from '../content/prepare-piece.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import { sha256 } from '../secrets.ts'
import { auditRows } from './audit-rows.ts'
import * as consents from './consent-rows.ts'
import * as content from './content-rows.ts'
import { knowWorld, type Known } from './known.ts'
import { pastRefusals, pastSends, useRows } from './past-rows.ts'
import * as people from './people-rows.ts'
import { webhookRows, type DemoWebhook } from './webhook-rows.ts'
import { parseWorld, type World, type WorldFile, type WorldPiece } from './world-file.ts'

/** `db` with the rights of the owner; `prepare` stores a piece's bytes and makes what is shown of them. */
export type LoadWorld = {
  db: Kysely<Database>
  worldPath: string
  now: () => Date
  prepare: (piece: IncomingPiece) => Promise<PreparedPiece>
  /** Tells a person how far it is, a line at a time. */
  say?: (line: string) => void
  /** WECOM_CORP_ID, when set. */
  corpId?: string | undefined
  /** Where the simulator takes webhooks. */
  webhook?: DemoWebhook | undefined
}

/**
 * Fills an empty database with the demo world. A database that knows people is left alone. All rows come in one
 * transaction, so a world is there or is not. Throws when the corp is a real one, or when a file is not what world.json
 * says. This is the one place that writes other rooms' tables: it stands in for all of them before any has run.
 */
export async function loadWorld({
  db,
  worldPath,
  now,
  prepare,
  say = () => {},
  corpId,
  webhook,
}: LoadWorld): Promise<'loaded' | 'already_loaded'> {
  if (corpId && !corpId.startsWith('wwdemo'))
    throw new Error('WECOM_CORP_ID names a real company; the demo world is not for it')
  if (await knowsPeople(db)) {
    say('v 演示数据已在 already loaded')
    return 'already_loaded'
  }
  const world = parseWorld(await readFile(worldPath, 'utf8'))
  const prepared = await preparePieces(world, join(dirname(worldPath), 'files'), prepare)
  say(`v 页面图 ${prepared.reduce((sum, piece) => sum + piece.pages.length, 0)} 页`)
  const known = knowWorld(world, prepared, now())
  const sends = await transact(db, async (trx) => {
    if (webhook) await insertWebhook(trx, known, webhook)
    return insertWorld(trx, known)
  })
  say(
    `v 演示数据 ${world.people.length} 位同事 · ${world.accounts.length} 位医生 · ${prepared.length} 份内容 · ${sends} 次发送`,
  )
  return 'loaded'
}

async function knowsPeople(db: Kysely<Database>): Promise<boolean> {
  return (await db.selectFrom('person').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Two at a time: drawing keeps one core busy. */
async function preparePieces(world: World, folder: string, prepare: LoadWorld['prepare']): Promise<PreparedPiece[]> {
  const prepared: PreparedPiece[] = []
  const waiting = [...world.content.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, piece] = next
      prepared[index] = await preparePiece(piece, folder, prepare).catch((fault: unknown) => {
        throw new Error(`${piece.documentId} v${piece.version}: ${fault instanceof Error ? fault.message : 'failed'}`, {
          cause: fault,
        })
      })
    }
  }
  await Promise.all([work(), work()])
  return prepared
}

async function preparePiece(piece: WorldPiece, folder: string, prepare: LoadWorld['prepare']): Promise<PreparedPiece> {
  const { kind, file, card, text } = piece
  const bytes = file ? await readBuilt(folder, file) : Buffer.from(text ?? '')
  if (bytes.length === 0 && kind !== 'script') throw new Error('has neither a file nor a text')
  const approvedCard = card && (await readBuilt(folder, card))
  return prepare({ kind, bytes, declaredPages: piece.pages ?? 0, card: approvedCard })
}

async function readBuilt(folder: string, file: WorldFile): Promise<Buffer> {
  const bytes = await readFile(join(folder, file.name))
  if (sha256(bytes) !== file.sha256) throw new Error(`${file.name} is not the file that world.json was built with`)
  return bytes
}

/** Returns how many past sends there are. */
/** A purpose has one text at most that is being written. */
async function openDrafts(trx: Transaction<Database>, { world }: Known): Promise<void> {
  for (const { purpose, version, activeFrom } of world.consentTexts) {
    if (activeFrom) continue
    await trx.updateTable('consentPurpose').set({ openVersion: version }).where('purpose', '=', purpose).execute()
  }
}

async function insertWebhook(trx: Transaction<Database>, known: Known, given: DemoWebhook): Promise<void> {
  const { webhook, secret } = webhookRows(known, given)
  await insert(trx, 'webhook', [webhook])
  await insert(trx, 'webhookSecret', [secret])
}

async function insertWorld(trx: Transaction<Database>, known: Known): Promise<number> {
  const sends = pastSends(known)
  const refusals = pastRefusals(known)
  const { products, specialties, territories } = known.world
  await insert(trx, 'company', [people.companyRow(known)])
  await insert(
    trx,
    'product',
    products.map(({ code, name, nameEn }) => ({ code, name, nameEn })),
  )
  await insert(trx, 'specialty', specialties)
  await insert(trx, 'territory', territories)
  await insert(trx, 'hospital', people.hospitalRows(known))
  await insert(trx, 'person', people.personRows(known))
  await insert(trx, 'personRole', people.roleRows(known))
  await insert(trx, 'roleStep', people.roleStepRows(known))
  await insert(trx, 'repProduct', people.repProductRows(known))
  await insert(trx, 'repTerritory', people.repTerritoryRows(known))
  await insert(trx, 'managedTerritory', people.managedTerritoryRows(known))
  await insert(trx, 'repGroup', people.repGroupRows(known))
  await insert(trx, 'repGroupMember', people.repGroupMemberRows(known))
  await insert(trx, 'account', people.accountRows(known))
  await insert(trx, 'externalContact', people.contactRows(known))
  await insert(trx, 'contactFollow', people.followRows(known))
  await insert(trx, 'consentText', consents.consentTextRows(known))
  await insert(trx, 'consentTextVersion', consents.consentVersionRows(known))
  await insert(trx, 'consentWording', consents.consentDraftRows(known))
  await openDrafts(trx, known)
  await insert(trx, 'consent', consents.consentRows(known))
  await insert(trx, 'policy', [consents.policyRow(known)])
  await insert(trx, 'contentItem', content.contentRows(known))
  await insert(trx, 'scriptPiece', content.scriptRows(known))
  await insert(trx, 'contentPage', content.pageRows(known))
  await insert(trx, 'searchDue', content.searchRows(known))
  await insert(trx, 'contentApproval', content.approvalRows(known))
  await insert(trx, 'contentAsk', content.askRows(known))
  await insert(trx, 'favourite', content.favouriteRows(known))
  await insert(trx, 'send', [...sends.map((past) => past.send), ...refusals])
  await insert(
    trx,
    'fact',
    sends.flatMap((past) => past.facts),
  )
  await insert(
    trx,
    'linkVisit',
    sends.flatMap((past) => past.visits),
  )
  await insert(
    trx,
    'pageView',
    sends.flatMap((past) => past.views),
  )
  await insert(trx, 'contentUse', useRows(known, sends))
  await insert(trx, 'auditEntry', auditRows(known, sends, refusals))
  return sends.length
}

const atOnce = 200

async function insert<T extends keyof Database>(
  trx: Transaction<Database>,
  table: T,
  rows: readonly Insertable<Database[T]>[],
) {
  for (let from = 0; from < rows.length; from += atOnce) {
    await trx
      .insertInto(table)
      .values(rows.slice(from, from + atOnce))
      .execute()
  }
}
