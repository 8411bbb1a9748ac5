import { sql } from 'kysely'
import pino from 'pino'
import { ulid } from 'ulid'
import { openDatabase } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import type { Deps } from '../src/deps.ts'
import type { Session } from '../src/people/sessions.ts'
import { countDoctors } from '../src/reports/count-doctors.ts'
import { countReports } from '../src/reports/count-reports.ts'
import { findDue } from '../src/reports/due-days.ts'
import { readReport } from '../src/reports/load-report.ts'
import { dropDatabase } from '../test/drop-database.ts'
import { took } from './load.ts'
import type { Figures } from './search.ts'
import { fill, fillCompany, fillPieces, hashOf, type Company } from './world.ts'

const dayMs = 86_400_000
const daysBack = 90
const kinds = [
  ...(['sends', 'refusals', 'reading'] as const).map((kind) => ({ kind, by: 'hospital' as const })),
  { kind: 'sends' as const, by: 'week' as const },
  { kind: 'coverage' as const, by: 'territory' as const },
  { kind: 'pressure' as const, by: 'week' as const },
]

/** Reports of 30 days in a company of so many sends in 90 days; how long the jobs take to count them. */
export async function measureReports(ownerUrl: string, rounds: number, sends = 100_000): Promise<Figures[]> {
  const url = new URL(ownerUrl)
  url.pathname = `/vouch_bench_reports`
  await migrate(url.href)
  const db = openDatabase(url.href, 8)
  const company = await fillCompany(db, { reps: 100, accountsPerRep: sends / 1_000 })
  const pieces = await fillPieces(db, 50)
  await fillSends(db, company, pieces, sends)
  const deps = { db, now: () => new Date(), newId: ulid, log: pino({ level: 'silent' }) } as unknown as Deps // all that counting needs
  const doctorsMs = await took(() => countDoctors(deps))
  const countMs = await took(async () => {
    do await countReports(deps)
    while ((await findDue(db, 1)).length > 0)
  })
  const lines = [await queries(deps, company, rounds), ...counting(sends, { countMs, doctorsMs })]
  await db.destroy()
  await dropDatabase(url.href)
  return lines.map((line) => ({
    ...line,
    what: `${line.what}, ${sends.toLocaleString('en')} sends in ${daysBack} days`,
  }))
}

function counting(sends: number, { countMs, doctorsMs }: { countMs: number; doctorsMs: number }): Figures[] {
  const perFacts = (countMs / sends / 2) * 100_000 // two facts a send
  return [
    {
      ...{ what: 'everything counted for the first time', figure: `${(countMs / 1_000).toFixed(1)} s` },
      ...{ floor: `all doctors looked at: ${(doctorsMs / 1_000).toFixed(1)} s`, goal: '' },
      ratio: `${(perFacts / 1_000).toFixed(1)} s per 100,000 facts`,
    },
  ]
}

/** Against the least that a page asking the facts would cost: to read the sends of the days along their index. */
async function queries(deps: Deps, { reps }: Company, rounds: number): Promise<Figures> {
  const me = { personId: reps[0]!.id, roles: ['compliance'] as readonly string[] } as Session // all that scopes ask for
  const day = (back: number): string => new Date(Date.now() - back * dayMs).toISOString().slice(0, 10)
  const asked = { from: day(30), until: day(0), product: '', territory: '' }
  const since = new Date(Date.now() - 30 * dayMs)
  const [ours, floor]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds * 20; round += 1) {
    ours.push(await took(() => readReport(deps, me, { ...asked, ...kinds[round % kinds.length]! })))
    floor.push(
      await took(() =>
        deps.db
          .selectFrom('send')
          .select((eb) => ['contentItemId', 'outcome', eb.fn.countAll().as('n')])
          .where('decidedAt', '>=', since)
          .groupBy(['contentItemId', 'outcome'])
          .execute(),
      ),
    )
  }
  const p95 = (times: number[]): number => times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)]!
  return {
    what: 'a report of 30 days',
    figure: `p95 ${p95(ours).toFixed(1)} ms`,
    floor: `its sends counted without their facts: p95 ${p95(floor).toFixed(1)} ms`,
    ratio: (p95(ours) / p95(floor)).toFixed(2),
    goal: '',
  }
}

async function fillSends(db: Deps['db'], company: Company, pieces: string[], count: number): Promise<void> {
  const hospitals = Array.from({ length: 200 }, (_, place) => ({
    id: `h${place}`,
    name: `医院 ${place}`,
    shortName: `${place}`,
  }))
  await fill(db, 'hospital', hospitals)
  await sql`update account set hospital_id = concat('h', crc32(id) mod 200), territory = concat('T', crc32(id) mod 8)`.execute(
    db,
  )
  const documents = new Map(
    (await db.selectFrom('contentItem').select(['id', 'documentId']).execute()).map((row) => [row.id, row.documentId]),
  )
  const now = Date.now()
  for (let start = 0; start < count; start += 10_000) {
    const sends = Array.from({ length: 10_000 }, (_, place) => {
      const index = start + place
      const { id: accountId, repId, externalUserId } = company.accounts[(index * 7_919) % company.accounts.length]!
      const contentItemId = pieces[(index * 31) % pieces.length]!
      const decidedAt = new Date(now - (index / count) * daysBack * dayMs)
      return {
        ...{ id: ulid(), requestId: crypto.randomUUID(), bodyHash: hashOf(0), repId, externalUserId, accountId },
        ...{ contentItemId, documentId: documents.get(contentItemId)!, class: 'scientific', kind: 'news', decidedAt },
        ...{ outcome: 'authorised', mediaId: null, messageDigest: null, policyVersion: 1, weighed: '{}' },
      }
    })
    await fill(db, 'send', sends)
    const fact = (send: (typeof sends)[number], kind: string) => ({
      ...{
        sendId: send.id,
        kind,
        factId: kind,
        author: 'x',
        at: send.decidedAt,
        clientAt: null,
        seenExternalUserId: null,
      },
    })
    await fill(
      db,
      'fact',
      sends.flatMap((send, place) => [fact(send, 'A'), fact(send, ['K', 'K', 'O', 'T', 'C'][place % 5]!)]),
    )
  }
}
