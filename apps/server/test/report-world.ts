import { factKinds, type FactKind } from '@vouch/rules'
import { monotonicFactory } from 'ulid'
import { buildAccount, buildPiece, buildRep, giveConsent } from './builders.ts'
import { morning, type TestServer } from './test-server.ts'

const ulid = monotonicFactory()
const day = 86_400_000
export const minute = 60_000

/** Numbers that look like chance and are the same for the same seed (mulberry32). */
export function chanceOf(seed: number) {
  let at = seed
  const next = (): number => {
    at = (at + 0x6d2b79f5) | 0
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (most: number): number => Math.floor(next() * most)
  const one = <Thing>(of: readonly Thing[]): Thing => of[below(of.length)]!
  return { next, below, one }
}
type Chance = ReturnType<typeof chanceOf>

export type ReportWorld = { reps: string[]; doctors: string[]; pieces: Piece[]; invitation: Piece }
type Piece = { contentItemId: string; documentId: string; class: 'scientific' | 'consent' }

export async function buildReportWorld(server: TestServer, { doctors = 14 } = {}): Promise<ReportWorld> {
  const { db } = server
  await db.insertInto('product').values({ code: 'PD2', name: '示例片', nameEn: 'Exampletab' }).execute()
  await db.insertInto('hospital').values({ id: 'hospital-2', name: '同安医院（示例）', shortName: '同安' }).execute()
  const piece = async (product: string, of: Piece['class']): Promise<Piece> => {
    const documentId = ulid()
    return {
      contentItemId: await buildPiece(server, { product, class: of, documentId, pageCount: 4 }),
      documentId,
      class: of,
    }
  }
  const made: ReportWorld = {
    reps: [await buildRep(server), await buildRep(server, { name: '李娜' }), await buildRep(server)],
    doctors: [],
    pieces: [await piece('PD1', 'scientific'), await piece('PD1', 'scientific'), await piece('PD2', 'scientific')],
    invitation: await piece('', 'consent'),
  }
  for (let place = 0; place < doctors; place += 1)
    made.doctors.push(
      await buildAccount(server, {
        territory: place % 3 === 0 ? 'west' : 'east',
        specialty: place % 2 === 0 ? 'oncology' : 'cardiology',
        hospitalId: place % 4 === 0 ? 'hospital-2' : 'hospital-1',
      }),
    )
  return made
}

export type NewSend = {
  repId: string
  accountId: string | null
  piece: Piece
  at: Date
  kind?: 'news' | 'file'
  refused?: readonly string[]
  facts?: readonly FactKind[]
}

/** One attempt; its first facts are known at once. */
export async function addAttempt(server: TestServer, asked: NewSend): Promise<string> {
  const { repId, accountId, piece, at, kind = 'news', refused, facts = [] } = asked
  const id = ulid()
  await server.db
    .insertInto('send')
    .values({
      ...{ id, requestId: crypto.randomUUID(), bodyHash: '0'.repeat(64), repId, accountId, kind },
      ...{ externalUserId: `wm-${accountId}`, ...piece, outcome: refused ? 'refused' : 'authorised', mediaId: null },
      ...{ messageDigest: null, policyVersion: 1, decidedAt: at },
      weighed: JSON.stringify({ refusals: (refused ?? []).map((reason) => ({ reason })) }),
    })
    .execute()
  for (const fact of refused ? [] : ['A' as const, ...facts]) await addFact(server, id, fact, at)
  return id
}

export async function addFact(server: TestServer, sendId: string, kind: FactKind, at: Date): Promise<void> {
  await server.db
    .insertInto('fact')
    .ignore()
    .values({ sendId, kind, factId: kind, author: 'x', at, clientAt: null, seenExternalUserId: null })
    .execute()
}

export const addView = (server: TestServer, sendId: string, page: number, { at, ms }: { at: Date; ms: number }) =>
  server.db
    .insertInto('pageView')
    .values({ sendId, page, viewId: crypto.randomUUID(), visibleMs: ms, viewedAt: at, contentItemId: null })
    .execute()

export async function say(
  server: TestServer,
  accountId: string,
  {
    purpose,
    statement,
    at,
  }: { purpose: 'receive' | 'reading_record'; statement: 'opted_in' | 'declined' | 'opted_out'; at: Date },
): Promise<void> {
  if (purpose === 'receive') return giveConsent(server, accountId, statement, at)
  await server.db
    .insertInto('consent')
    .values({
      ...{ id: ulid(), accountId, purpose, statement, textVersion: 1, textHash: '0'.repeat(64), language: 'zh-CN' },
      ...{ channel: 'link', identity: 'external_userid', statedAt: at, recordedAt: at },
    })
    .execute()
}

/** One thing of many that may happen to the figures, now, mostly about what is long past. */
export async function somethingHappens(server: TestServer, world: ReportWorld, chance: Chance): Promise<void> {
  const { db, clock } = server
  const now = clock.at
  const sends = await db.selectFrom('send').select('id').where('outcome', '=', 'authorised').orderBy('id').execute()
  const sendId = sends.length > 0 ? chance.one(sends).id : null
  const accountId = chance.one(world.doctors)
  const what = chance.below(10)
  if (what <= 2 || !sendId) {
    await addAttempt(server, {
      ...{ repId: chance.one(world.reps), piece: chance.one([...world.pieces, world.invitation]) },
      ...{ accountId: chance.below(8) === 0 ? null : accountId, at: now, kind: chance.one(['news', 'news', 'file']) },
      ...(chance.below(4) === 0 ? { refused: ['cap_reached', ...(chance.below(2) ? ['quiet_hours'] : [])] } : {}),
      facts: chance.one([[], ['K'], ['C'], ['F'], ['H', 'K']]),
    })
    return
  }
  if (what <= 4) return addFact(server, sendId, chance.one(factKinds.filter((kind) => kind !== 'A')), now)
  if (what === 5) return addFact(server, sendId, 'O', now)
  if (what === 6) {
    await addFact(server, sendId, 'O', now)
    for (let page = 1; page <= 1 + chance.below(4); page += 1)
      await addView(server, sendId, page, { at: now, ms: 1_000 + chance.below(400_000) })
    return
  }
  if (what === 7) {
    const purpose = chance.one(['receive', 'reading_record', 'reading_record'] as const)
    return say(server, accountId, {
      purpose,
      statement: chance.one(['opted_in', 'opted_in', 'opted_out', 'declined']),
      at: now,
    })
  }
  if (what === 8) return merge(server, world, chance)
  const change = chance.one([
    { territory: chance.one(['east', 'west']) },
    { specialty: chance.one(['oncology', 'cardiology']) },
  ])
  await db.updateTable('account').set(change).where('id', '=', accountId).execute()
}

/** Two records become one, or one of two becomes itself again: the columns a merge and its undoing write. */
async function merge({ db }: TestServer, world: ReportWorld, chance: Chance): Promise<void> {
  const [one, other] = [chance.one(world.doctors), chance.one(world.doctors)]
  const rows = await db.selectFrom('account').select(['id', 'mergedInto']).execute()
  const mergedInto = (id: string) => rows.find((row) => row.id === id)?.mergedInto ?? null
  if (mergedInto(one)) {
    await db.updateTable('account').set({ mergedInto: null }).where('id', '=', one).execute()
    return
  }
  if (one === other || mergedInto(other)) return
  const into = (ids: string[]) => db.updateTable('account').set({ mergedInto: other }).where('id', 'in', ids).execute()
  await into([one, ...rows.filter((row) => row.mergedInto === one).map(({ id }) => id)])
}

/** Some time goes by. */
export function passTime({ clock }: TestServer, chance: Chance): void {
  clock.at = new Date(clock.at.getTime() + chance.one([minute, 20 * minute, 6 * 60 * minute, day]))
}

export const reportDay = (at: Date): number => Math.floor((at.getTime() + 8 * 3_600_000) / day)
export const firstDay = reportDay(morning) - 1
