import pino from 'pino'
import { ulid } from 'ulid'
import { runAccountImports } from '../src/contacts/accounts/imports/run-account-imports.ts'
import { findByWords, findLikely, type ContactWords } from '../src/contacts/matching/candidate-queries.ts'
import { openDatabase } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import type { Deps } from '../src/deps.ts'
import { dropDatabase } from '../test/drop-database.ts'
import { took } from './load.ts'
import type { Figures } from './search.ts'
import { fill, fillCompany } from './world.ts'

const doctors = 20_000
const surnames = [...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚文华建国海燕玉兰思远志诚']
const nameOf = (nth: number): string =>
  surnames[nth % 20]! + given[(nth * 7) % given.length]! + given[Math.floor(nth / 20) % given.length]!
const hospitalOf = (nth: number): string => `江州第${nth % 200}人民医院`

/** A list of doctors of one territory looked at and written; then who a contact may be, asked for among all of them. */
export async function measureAccounts(ownerUrl: string, rounds: number): Promise<Figures[]> {
  const url = new URL(ownerUrl)
  url.pathname = '/vouch_bench_accounts'
  await migrate(url.href)
  const db = openDatabase(url.href, 8)
  const { reps } = await fillCompany(db, { reps: 1, accountsPerRep: 0 })
  const repId = reps[0]!.id
  await fill(db, 'personRole', [{ personId: repId, role: 'compliance', until: null }])
  const lines = [await bringIn(db, repId), ...(await candidates(db, repId, rounds))]
  await db.destroy()
  await dropDatabase(url.href)
  return lines
}

async function bringIn(db: Deps['db'], personId: string): Promise<Figures> {
  const head = '医生编码,姓名,医院编码,医院,科室,职称,执业证号,片区,代表工号,生效日期,失效日期,状态'
  const rows = Array.from(
    { length: doctors },
    (_, nth) =>
      `D-${nth},${nameOf(nth)},H-${nth % 200},${hospitalOf(nth)},心内科,主任医师,1100000000${10_000 + nth},T0,,,,在职`,
  )
  const bytes = Buffer.from([head, ...rows].join('\r\n'))
  const files = { read: async () => bytes } as unknown as Deps['files'] // the list is all that is read
  const deps = { db, files, now: () => new Date(), newId: ulid, log: pino({ level: 'silent' }) } as Deps // all that a list needs
  const id = ulid()
  const run = {
    id,
    personId,
    uploadId: id,
    csvHash: '0'.repeat(64),
    fileName: '医生.csv',
    requestId: crypto.randomUUID(),
  }
  const rest = { stage: 'checking' as const, rowCount: null, createdAt: new Date(), doneAt: null }
  await db
    .insertInto('accountImport')
    .values({ ...run, ...rest, releasedBy: null, releasedAt: null })
    .execute()
  const lookMs = await untilIts(deps, id, 'checked')
  const writing = { stage: 'writing' as const, rowsDone: 0, releasedBy: personId, releasedAt: new Date() }
  await db.updateTable('accountImport').set(writing).where('id', '=', id).execute()
  const writeMs = await untilIts(deps, id, 'done')
  const perSecond = (ms: number) => Math.round((doctors / ms) * 1_000).toLocaleString('en')
  return {
    what: `a list of ${doctors.toLocaleString('en')} doctors of one territory`,
    figure: `written in ${(writeMs / 1_000).toFixed(1)} s, ${perSecond(writeMs)} rows/s`,
    floor: `only looked at: ${(lookMs / 1_000).toFixed(1)} s, ${perSecond(lookMs)} rows/s`,
    ratio: (lookMs / writeMs).toFixed(2),
    goal: '',
  }
}

async function untilIts(deps: Deps, id: string, wanted: string): Promise<number> {
  const from = performance.now()
  const stage = () =>
    deps.db
      .selectFrom('accountImport')
      .select(['stage', 'problem', 'rowsFailed'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  for (let now = await stage(); now.stage !== wanted; now = await stage()) {
    if (now.stage === 'failed' || now.rowsFailed > 0) throw new Error(`the list was not taken: ${JSON.stringify(now)}`)
    await runAccountImports(deps)
  }
  return performance.now() - from
}

/** Beside reading as many rows of the territory by their index as are weighed in the end. */
async function candidates(db: Deps['db'], repId: string, rounds: number): Promise<Figures[]> {
  const contact = (nth: number): ContactWords => ({
    ...{ externalUserId: `wm${nth}`, nickname: nameOf(nth), remark: `${hospitalOf(nth)} ${nameOf(nth)} 主任` },
    ...{ company: '', kind: 'wechat' as const, unionId: null },
  })
  const asks: Record<string, (nth: number) => Promise<unknown[]>> = {
    'who a contact may be, by name and hospital in the remark': (nth) => findLikely(db, repId, contact(nth), null),
    'a doctor found by name': (nth) => findByWords(db, repId, contact(nth), nameOf(nth)),
    'a doctor found by initials': (nth) => findByWords(db, repId, contact(nth), 'wym'),
    'nobody of that name': (nth) => findByWords(db, repId, contact(nth), '欧阳不存在'),
  }
  const plain = () =>
    db.selectFrom('account').selectAll().where('territory', '=', 'T0').where('active', '=', 1).limit(40).execute()
  const lines: Figures[] = []
  for (const [what, ask] of Object.entries(asks)) {
    const [ours, floor]: [number[], number[]] = [[], []]
    for (let turn = 0; turn < rounds * 20; turn += 1) {
      ours.push(await took(() => ask((turn * 7_919) % doctors)))
      floor.push(await took(plain))
    }
    lines.push({
      what: `${what}, among ${doctors.toLocaleString('en')} of one territory`,
      figure: `p50 ${at(ours, 0.5)} p95 ${at(ours, 0.95)} ms`,
      floor: `40 of them by the index: p50 ${at(floor, 0.5)} ms`,
      ratio: (Number(at(ours, 0.5)) / Number(at(floor, 0.5))).toFixed(1),
      goal: 'p95 ≤ 400 ms',
    })
  }
  return lines
}

const at = (times: number[], share: number): string =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * share)]!.toFixed(1)
