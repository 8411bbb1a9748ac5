import { cpus } from 'node:os'
import { sql, type Kysely } from 'kysely'
import { openDatabase } from '../src/db/database.ts'
import { grantApplication, migrate } from '../src/db/migrate.ts'
import type { Database } from '../src/db/schema.ts'
import { listHistory } from '../src/sends/list-history.ts'
import { measureAccounts } from './accounts.ts'
import { measureCallbacks } from './callbacks.ts'
import { measureConsole } from './console.ts'
import { measureContacts } from './contacts.ts'
import { rawPool, writeSendRaw } from './floors.ts'
import { ask, load, median, middle, type Round } from './load.ts'
import { countWecomCalls, startFloors, startProduct } from './product.ts'
import { measureReports } from './reports.ts'
import { measureSearch } from './search.ts'
import { fillCompany, fillHistory, fillPieces, seconds, type Company } from './world.ts'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5)
const roundMs = Number(process.env['BENCH_MS'] ?? 3_000)
const largeHistory = Number(process.env['BENCH_SENDS'] ?? 1_000_000)
const ownerUrl = process.env['BENCH_OWNER_URL'] ?? ''
const applicationUrl = process.env['DATABASE_URL'] ?? ''
const wanted = process.argv.slice(2)
const wants = (section: string) => wanted.length === 0 || wanted.includes(section)

type Line = { what: string; figure: string; floor: string; ratio: string; goal: string }
const table: Line[] = []
const perSecond = (round: Round) =>
  `${Math.round(round.perSecond)}/s p50 ${round.p50.toFixed(1)} p99 ${round.p99.toFixed(1)} ms`

/** What the product does once at its start, the index of pieces nobody announced above all, is over. */
async function untilAtRest(db: Kysely<Database>): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    if (!(await db.selectFrom('searchDue').select('contentItemId').limit(1).executeTakeFirst())) return
  }
}

/** Sends decided over HTTP against the same rows written by the driver, taking turns on one database. */
async function measureSends(
  company: Company,
  contentItemId: string,
  product: { url: string; origin: string },
): Promise<void> {
  const pool = rawPool(applicationUrl, 64)
  let turn = 0
  const account = () => company.accounts[(turn = (turn + 7919) % company.accounts.length)]!
  const raw = () => writeSendRaw(pool, account(), contentItemId)
  const send = async () => {
    const to = account()
    const answer = await ask(`${product.url}/api/rep/sends`, {
      method: 'POST',
      headers: { cookie: `__Host-vouch_rep=${to.token}`, origin: product.origin, 'content-type': 'application/json' },
      body: JSON.stringify({
        requestId: crypto.randomUUID(),
        externalUserId: to.externalUserId,
        contentItemId,
        kind: 'news',
        entry: 'single_chat_tools',
        again: true,
      }),
    })
    return answer.status === 200 && answer.text.includes('"outcome":"authorised"')
  }
  // Neither is measured cold: code is compiled and pages are read while these run.
  for (const once of [raw, send]) await load(32, roundMs, once)
  for (const connections of [1, 8, 32, 64]) {
    const [floors, ours]: [Round[], Round[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      floors.push(await load(connections, roundMs, raw))
      ours.push(await load(connections, roundMs, send))
    }
    const [floor, our] = [middle(floors), middle(ours)]
    const ratio = median(ours.map((round, index) => round.perSecond / floors[index]!.perSecond))
    table.push({
      what: `authorise a send, ${connections} connections${our.faults ? ` (${our.faults} faults)` : ''}`,
      figure: perSecond(our),
      floor: `raw rows ${perSecond(floor)}`,
      ratio: ratio.toFixed(2),
      goal: '≥ 0.50',
    })
  }
  await pool.end()
}

/** The opened chat of a rep with 2,000 visible of 50,000 pieces against Koa with two indexed queries. */
async function measureList(company: Company, product: { url: string; origin: string }): Promise<void> {
  const floors = await startFloors(applicationUrl)
  let turn = 0
  const account = () => company.accounts[(turn = (turn + 7919) % company.accounts.length)]!
  const bare = async () => (await ask(`${floors.url}/bare`)).status === 200
  const two = async () => (await ask(`${floors.url}/two?contact=${account().externalUserId}`)).status === 200
  const open = async () => {
    const to = account()
    const answer = await ask(`${product.url}/api/rep/chat`, {
      method: 'POST',
      headers: { cookie: `__Host-vouch_rep=${to.token}`, origin: product.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ externalUserId: to.externalUserId, entry: 'single_chat_tools' }),
    })
    return answer.status === 200 && answer.text.includes('"state":"matched"')
  }
  const taken: Record<'bare' | 'two' | 'open', Round[]> = { bare: [], two: [], open: [] }
  for (let round = 0; round < rounds; round += 1) {
    taken.bare.push(await load(32, roundMs, bare))
    taken.two.push(await load(32, roundMs, two))
    taken.open.push(await load(32, roundMs, open))
  }
  floors.stop()
  const ratio = median(taken.open.map((round, index) => round.perSecond / taken.two[index]!.perSecond))
  const our = middle(taken.open)
  table.push({
    what: 'Koa alone, 32 connections',
    figure: perSecond(middle(taken.bare)),
    floor: '',
    ratio: '',
    goal: '',
  })
  table.push({
    what: `open a chat, 2,000 of 50,000 pieces${our.faults ? ` (${our.faults} faults)` : ''}`,
    figure: perSecond(our),
    floor: `Koa + 2 queries ${perSecond(middle(taken.two))}`,
    ratio: ratio.toFixed(2),
    goal: '≥ 0.40',
  })
}

/** One doctor's history in a table of 1e5 and of 1e6 sends, two databases, taking turns. */
async function measureHistory(): Promise<void> {
  const sizes = [100_000, largeHistory]
  const databases: { db: Kysely<Database>; company: Company; name: string }[] = []
  for (const size of sizes) {
    const from = performance.now()
    const url = new URL(ownerUrl)
    url.pathname = `/vouch_bench_${size}`
    await migrate(url.href)
    const db = openDatabase(url.href, 8)
    // Everybody's history is as long in both: 40 sends a doctor.
    const company = await fillCompany(db, { reps: 10, accountsPerRep: size / 400 })
    const [piece] = await fillPieces(db, 25)
    await fillHistory(db, company, piece!, 0, size)
    console.log(`  ${size.toLocaleString('en')} sends with their facts in ${seconds(from)}`)
    databases.push({ db, company, name: url.pathname.slice(1) })
  }
  const times: number[][] = sizes.map(() => [])
  for (let round = 0; round < rounds * 40; round += 1) {
    for (const [index, { db, company }] of databases.entries()) {
      const account = company.accounts[(round * 7919) % company.accounts.length]!
      const deps = { db, now: () => new Date() } as Parameters<typeof listHistory>[0] // history needs no more than these
      const from = performance.now()
      const { sends } = await listHistory(deps, account.repId, {
        externalUserId: account.externalUserId,
        days: 3650,
        show: 'all',
        cursor: null,
      })
      times[index]!.push(performance.now() - from)
      if (sends.length !== 20) throw new Error(`history gave ${sends.length} sends`)
    }
  }
  const [small, large] = times.map((taken) => median(taken)) as [number, number]
  table.push({
    what: `one doctor's history in ${largeHistory.toLocaleString('en')} sends`,
    figure: `p50 ${large.toFixed(2)} ms`,
    floor: `in 100,000: ${small.toFixed(2)} ms`,
    ratio: (large / small).toFixed(2),
    goal: '≤ 2.00',
  })
  for (const { db, name } of databases) {
    await sql`drop database ${sql.id(name)}`.execute(db)
    await db.destroy()
  }
}

function print(version: string): void {
  const columns: (keyof Line)[] = ['what', 'figure', 'floor', 'ratio', 'goal']
  const widths = columns.map((column) => Math.max(column.length, ...table.map((line) => line[column].length)))
  const row = (line: Line) => `| ${columns.map((column, index) => line[column].padEnd(widths[index]!)).join(' | ')} |`
  console.log(
    `\n${cpus().length} cores ${cpus()[0]?.model ?? ''}, Node ${process.version}, database ${version}, durable commits; medians of ${rounds} rounds in turn\n`,
  )
  console.log(row({ what: 'what', figure: 'figure', floor: 'floor', ratio: 'ratio', goal: 'goal' }))
  console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`)
  for (const line of table) console.log(row(line))
}

const db = openDatabase(ownerUrl, 8)
await migrate(ownerUrl)
await grantApplication(ownerUrl, applicationUrl)
const version = (
  await sql<{
    version: string
    flush: string
  }>`select version() as version, @@innodb_flush_log_at_trx_commit as flush`.execute(db)
).rows[0]!
if (wants('sends') || wants('list')) {
  const from = performance.now()
  // So many doctors that each gets about as many sends as a cap of four a month allows, not hundreds.
  const company = await fillCompany(db, { reps: 64, accountsPerRep: 600 })
  const pieces = await fillPieces(db, 50_000)
  await sql`analyze table content_item, account, external_contact, contact_follow`.execute(db)
  console.log(`  50,000 pieces, 64 reps and 38,400 doctors in ${seconds(from)}`)
  const wecom = await countWecomCalls()
  const product = await startProduct(wecom.url)
  await untilAtRest(db)
  if (wants('list')) await measureList(company, product)
  const before = wecom.calls.length
  if (wants('sends')) {
    await measureSends(company, pieces[0]!, product)
    const calls = wecom.calls.slice(before).filter((call) => call !== '/cgi-bin/gettoken')
    table.push({
      what: 'calls to WeCom during all these sends',
      figure: String(calls.length),
      floor: '',
      ratio: '',
      goal: '0',
    })
  }
  product.stop()
  wecom.stop()
}
if (wants('history')) await measureHistory()
if (wants('callbacks')) table.push(...(await measureCallbacks({ ownerUrl, applicationUrl, rounds, roundMs })))
if (wants('contacts')) table.push(...(await measureContacts(ownerUrl)))
if (wants('accounts')) table.push(...(await measureAccounts(ownerUrl, rounds)))
if (wants('reports')) {
  table.push(...(await measureReports(ownerUrl, rounds, 100_000)))
  if (largeHistory > 100_000) table.push(...(await measureReports(ownerUrl, rounds, largeHistory)))
}
if (wants('console')) table.push(...(await measureConsole(ownerUrl, rounds)))
if (wants('search')) table.push(...(await measureSearch(ownerUrl, rounds)))
print(`${version.version} (flush ${version.flush})`)
await db.destroy()
process.exit(0)
