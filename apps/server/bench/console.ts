import { sql, type Kysely } from 'kysely'
import { ulid } from 'ulid'
import { openDatabase } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import type { Database } from '../src/db/schema.ts'
import { freshRows, indexSends } from '../src/sends/office/index-sends.ts'
import { findOfficeSends } from '../src/sends/office/list-sends.ts'
import { findSendPage, type SendFilter } from '../src/sends/office/send-row-queries.ts'
import type { Figures } from './search.ts'
import { measureContent } from './content.ts'
import { took } from './load.ts'
import { fill, fillCompany, fillPieces, seconds, type Company } from './world.ts'

const size = Number(process.env['BENCH_SENDS'] ?? 100_000)
const goalMs = 400
const none: SendFilter = {
  ...{ query: '', show: 'all', doctor: '', rep: '', piece: '', product: '', hospital: '', outcome: '', reason: '' },
  ...{ from: '', until: '', consentVersion: 0, policyVersion: 0, order: '-at' },
}
/** As many days as the sends are spread over. */
const days = 400
const dayMs = 86_400_000
const now = new Date()
const dayOf = (ago: number): string => new Date(now.getTime() - ago * dayMs).toISOString().slice(0, 10)

type World = { company: Company; pieces: string[] }
type Asked = [what: string, filter: (world: World, nth: number) => Partial<SendFilter>, own?: string[]]

/** What the office asks, the rare and the missing too: these read the most to show the least. */
const asked: Asked[] = [
  ['everything, newest first', () => ({})],
  ['everything, oldest first', () => ({ order: 'at' })],
  ['one doctor', ({ company }, nth) => ({ doctor: company.accounts[nth * 31]!.id })],
  ['one rep', ({ company }, nth) => ({ rep: company.reps[nth % 20]!.id })],
  ['one piece', ({ pieces }, nth) => ({ piece: pieces[nth % 50]! })],
  ['one product', (_, nth) => ({ product: `P${nth % 25}` })],
  ['one hospital', (_, nth) => ({ hospital: `h${nth % 100}` })],
  ['a common outcome', () => ({ outcome: 'SENT_CLIENT' })],
  ['a rare outcome', () => ({ outcome: 'FAILED' })],
  ['an outcome nobody has', () => ({ outcome: 'SENT_DISPUTED' })],
  ['unknown', () => ({ show: 'unknown' })],
  ['a common reason of refusal', () => ({ reason: 'cap_reached' })],
  ['a rare reason of refusal', () => ({ reason: 'hcp_paused' })],
  ['a reason nobody has', () => ({ reason: 'wrong_market' })],
  ['a month', (_, nth) => ({ from: dayOf(60 + nth), until: dayOf(30 + nth) })],
  ['a day long ago', (_, nth) => ({ from: dayOf(350 - nth), until: dayOf(350 - nth) })],
  ['consent text of before', () => ({ consentVersion: 1 })],
  ['a policy nobody had', () => ({ policyVersion: 7 })],
  ['words of a doctor', (_, nth) => ({ query: `医生${nth * 31}` })],
  ['words of many doctors', () => ({ query: '医生' })],
  ['words nobody has', () => ({ query: '鑫淼' })],
  ['product and rare outcome', () => ({ product: 'P0', outcome: 'FAILED' })],
  ['hospital, outcome nobody has', () => ({ hospital: 'h1', outcome: 'SENT_DISPUTED' })],
  [
    'rep, reason and month',
    ({ company }) => ({ rep: company.reps[3]!.id, reason: 'quiet_hours', from: dayOf(90), until: dayOf(60) }),
  ],
  ['product, words and oldest first', () => ({ product: 'P3', query: '医生9', order: 'at' })],
  ['everything in one territory', () => ({}), ['T1']],
  ['a territory where nothing was sent', () => ({}), ['T9']],
  ['a rare outcome in one territory', () => ({ outcome: 'FAILED' }), ['T1']],
]

/** Each filter over the sends of a company, beside a page of one doctor's sends by their key. */
export async function measureConsole(ownerUrl: string, rounds: number): Promise<Figures[]> {
  const url = new URL(ownerUrl)
  url.pathname = '/vouch_bench_console'
  await migrate(url.href)
  const db = openDatabase(url.href, 8)
  const world = await fillWorld(db)
  const figures: Figures[] = []
  for (const [what, filterOf, own = null] of asked) {
    const [ours, floors]: [number[], number[]] = [[], []]
    for (let nth = -2; nth < rounds * 10; nth += 1) {
      const filter = { ...none, ...filterOf(world, Math.abs(nth)) }
      const floor = await took(() => plain(db, world.company.accounts[Math.abs(nth) * 31]!.id))
      const our = await took(() => page(db, filter, own))
      if (nth < 0) continue
      floors.push(floor)
      ours.push(our)
    }
    figures.push({
      what: `sends: ${what}`,
      figure: `p50 ${at(ours, 0.5).toFixed(0)} p95 ${at(ours, 0.95).toFixed(0)} ms`,
      floor: `one doctor by key ${at(floors, 0.5).toFixed(1)} ms`,
      ratio: (at(ours, 0.5) / at(floors, 0.5)).toFixed(1),
      goal: `p95 ≤ ${goalMs} ms${at(ours, 0.95) > goalMs ? ' MISSED' : ''}`,
    })
  }
  figures.push(...(await measureContent(db, rounds)))
  await sql`drop database ${sql.id(url.pathname.slice(1))}`.execute(db)
  await db.destroy()
  return figures
}

const at = (times: number[], part: number): number =>
  times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * part))]!

/** What the list does but for who asks and that they looked. */
async function page(db: Kysely<Database>, filter: SendFilter, own: string[] | null): Promise<void> {
  await freshRows({ db, now: () => new Date() })
  const found = await findSendPage(db, filter, { own, after: undefined, limit: 51 })
  await findOfficeSends(
    db,
    found.slice(0, 50).map(({ id }) => id),
    new Date(),
  )
}

const plain = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom('send')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .select(['send.id', 'send.decidedAt', 'send.outcome', 'contentItem.title'])
    .where('send.accountId', '=', accountId)
    .orderBy('send.decidedAt', 'desc')
    .orderBy('send.id', 'desc')
    .limit(50)
    .execute()

async function fillWorld(db: Kysely<Database>): Promise<World> {
  const from = performance.now()
  const company = await fillCompany(db, { reps: 20, accountsPerRep: 200 })
  await fillPieces(db, 50)
  const pieces = (await db.selectFrom('contentItem').select('id').orderBy('id').execute()).map(({ id }) => id)
  await fill(
    db,
    'hospital',
    Array.from({ length: 100 }, (_, nth) => ({ id: `h${nth}`, name: `医院${nth}（示例）`, shortName: `医院${nth}` })),
  )
  await sql`update account join (select id, row_number() over (order by id) as nth from account) numbered
    on numbered.id = account.id set hospital_id = concat('h', nth mod 100), territory = concat('T', nth mod 4)`.execute(
    db,
  )
  for (let start = 0; start < size; start += 10_000) await fillSends(db, { company, pieces }, start)
  await sql`analyze table send, fact, account`.execute(db)
  console.log(`  ${size.toLocaleString('en')} sends with their facts in ${seconds(from)}`)
  const indexed = performance.now()
  await indexSends({ db, now: () => new Date() })
  await sql`analyze table send_row`.execute(db)
  console.log(`  put in order for the office in ${seconds(indexed)}`)
  return { company, pieces }
}

/** Most are handed over, a fifth is blocked, and of some nothing or little good is known. */
async function fillSends(db: Kysely<Database>, { company, pieces }: World, start: number): Promise<void> {
  const sends = Array.from({ length: Math.min(10_000, size - start) }, (_, index) => {
    const nth = start + index
    const decidedAt = new Date(now.getTime() - ((size - nth) / size) * days * dayMs)
    const account = company.accounts[(nth * 7919) % company.accounts.length]!
    return { id: ulid(decidedAt.getTime()), nth, decidedAt, account, refused: nth % 5 === 0 }
  })
  await fill(
    db,
    'send',
    sends.map(({ id, nth, decidedAt, account, refused }) => ({
      ...{ id, requestId: crypto.randomUUID(), bodyHash: '0'.repeat(64), repId: account.repId, decidedAt },
      ...{ externalUserId: account.externalUserId, accountId: account.id, contentItemId: pieces[nth % 50]! },
      ...{
        documentId: pieces[nth % 50]!,
        class: 'scientific',
        kind: 'news',
        outcome: refused ? 'refused' : 'authorised',
      },
      ...{ mediaId: null, messageDigest: null, policyVersion: nth % 3 === 0 ? 1 : 2 },
      weighed: JSON.stringify({
        consent: { newest: { textVersion: nth < size / 50 ? 1 : 2 } },
        refusals: refused
          ? [{ reason: nth % 5_000 === 0 ? 'hcp_paused' : nth % 2 ? 'quiet_hours' : 'cap_reached' }]
          : [],
      }),
    })),
  )
  const facts = sends.flatMap(({ id, nth, decidedAt: at, account, refused }) => {
    if (refused) return []
    const came = nth % 997 === 1 ? ['F'] : nth % 50 === 3 ? ['T'] : nth % 7 === 2 ? ['K', 'O'] : ['K']
    return ['A', 'H', ...came].map((kind) => ({
      ...{ sendId: id, kind, factId: kind, author: account.repId, at, clientAt: null, seenExternalUserId: null },
    }))
  })
  await fill(db, 'fact', facts)
}
