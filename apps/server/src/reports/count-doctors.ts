import { consentState, type Consent, type ConsentState, type Policy } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import { findMaterial, type Material } from '../consents/consent-queries.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { stillSaid } from '../merged-records.ts'
import { loadPolicy } from '../policy/queries.ts'
import { sha256 } from '../secrets.ts'
import { asKinds, neverLeft } from '../sends/became-of-queries.ts'
import { findAsks } from './day-queries.ts'
import { askDays, findDaysOf, writeProgress } from './due-days.ts'

const doctorsAtOnce = 1_000

/**
 * Job: looks at every record of a doctor and keeps where it stands. Where anything that counts depend on is not as it was
 * counted (the record was merged or a merge undone, corrected, something was said, taken back or erased), every day on which
 * something was sent to it is asked to be counted again. What it saw last decides, so nobody has to tell it.
 */
export async function countDoctors(deps: Deps): Promise<void> {
  const at = deps.now()
  const [policy, material, erased] = await Promise.all([
    loadPolicy(deps.db, at),
    findMaterial(deps.db, at),
    findErased(deps.db),
  ])
  for (let after: string | undefined = ''; after !== undefined;)
    after = await lookAt(deps, after, { policy, material, erased, at })
  await writeProgress(deps.db, 'doctors', at)
}

type Around = { policy: Policy; material: Material; erased: Map<string, string>; at: Date }

/** The days are asked for before the new state is kept: whoever stops in between asks once more. */
async function lookAt(deps: Deps, after: string, around: Around): Promise<string | undefined> {
  const rows = await findRecords(deps.db, after)
  if (rows.length === 0) return undefined
  const said = await findSaid(deps.db, [...new Set(rows.map(({ wholeId }) => wholeId))])
  const invited = await findInvited(
    deps.db,
    rows.filter(({ wholeId, counts }) => Number(counts) === 1 && !said.get(wholeId)?.some(isReceive)),
  )
  const now = rows.map((row) => asDoctor(row, said.get(row.wholeId) ?? [], { ...around, invited }))
  const changed = now.filter((doctor, place) => !isSame(doctor, rows[place]!))
  if (changed.length > 0) {
    const moved = rows.filter((row, place) => row.fingerprint !== now[place]!.fingerprint)
    await askDays(
      deps,
      await findDaysOf(
        deps.db,
        'accountId',
        moved.map(({ accountId }) => accountId),
      ),
    )
    await transact(deps.db, (trx) =>
      trx
        .insertInto('reportDoctor')
        .values(changed)
        .onDuplicateKeyUpdate({
          ...{ fingerprint: sql`values(fingerprint)`, counts: sql`values(counts)` },
          ...{ hospitalId: sql`values(hospital_id)`, specialty: sql`values(specialty)` },
          ...{ territory: sql`values(territory)`, standing: sql`values(standing)` },
        })
        .execute(),
    )
  }
  return rows.at(-1)!.accountId
}

const isReceive = ({ purpose }: Consent): boolean => purpose === 'receive'

function findRecords(db: Kysely<Database>, after: string) {
  return db
    .selectFrom('account')
    .innerJoin('account as whole', (join) =>
      join.on('whole.id', '=', sql`coalesce(${sql.ref('account.merged_into')}, ${sql.ref('account.id')})`),
    )
    .leftJoin('reportDoctor', 'reportDoctor.accountId', 'account.id')
    .select(['account.id as accountId', 'whole.id as wholeId', 'whole.hospitalId', 'whole.specialty'])
    .select(['whole.territory', 'reportDoctor.fingerprint', 'reportDoctor.standing', 'reportDoctor.counts as counted'])
    .select(sql<number>`account.active = 1 and account.merged_into is null`.as('counts'))
    .where('account.id', '>', after)
    .orderBy('account.id')
    .limit(doctorsAtOnce)
    .execute()
}
type Row = Awaited<ReturnType<typeof findRecords>>[number]

async function findSaid(db: Kysely<Database>, accounts: readonly string[]): Promise<Map<string, SaidRow[]>> {
  const rows = await db
    .selectFrom('consent')
    .select(['accountId', 'id', 'purpose', 'statement', 'textVersion', 'statedAt'])
    .where('accountId', 'in', accounts)
    .where('purpose', 'in', ['receive', 'reading_record'])
    .where(stillSaid('consent'))
    .orderBy('id')
    .execute()
  const said = new Map<string, SaidRow[]>()
  for (const row of rows) {
    const known = said.get(row.accountId)
    if (known) known.push(row)
    else said.set(row.accountId, [row])
  }
  return said
}
type SaidRow = Consent & { id: string; accountId: string }

/** Who was invited, of doctors who said nothing yet: an invitation the phone says never left is none. */
async function findInvited(db: Kysely<Database>, rows: readonly Row[]): Promise<Map<string, Date>> {
  const wholes = [...new Set(rows.map(({ wholeId }) => wholeId))]
  if (wholes.length === 0) return new Map()
  const asks = await findAsks(db, wholes)
  return new Map(asks.flatMap(({ accountId, at, kinds }) => (neverLeft(asKinds(kinds)) ? [] : [[accountId, at]])))
}

function asDoctor(row: Row, said: readonly SaidRow[], around: Around & { invited: Map<string, Date> }) {
  const { accountId, wholeId, hospitalId, specialty, territory } = row
  const { policy, material, erased, invited, at } = around
  const standing: ConsentState['state'] = consentState(
    {
      statements: said,
      textVersion: 0,
      oldestValidVersion: material.receive ?? 0,
      invitedAt: invited.get(wholeId) ?? null,
    },
    policy,
    at,
  ).state
  const words = said.map(({ id }) => id).join()
  const fingerprint = sha256([wholeId, hospitalId, specialty, territory, words, erased.get(accountId)].join('|'))
  return { accountId, fingerprint, counts: Number(row.counts), hospitalId, specialty, territory, standing }
}

const isSame = (doctor: ReturnType<typeof asDoctor>, row: Row): boolean =>
  doctor.fingerprint === row.fingerprint && doctor.standing === row.standing && doctor.counts === row.counted

/** Whose record of reading was erased at their wish, with the last time. */
async function findErased(db: Kysely<Database>): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('hcpRequest')
    .select(['accountId', 'id'])
    .where('life', '=', 'done')
    .where('kind', '=', 'erasure')
    .orderBy('filedAt')
    .execute()
  return new Map(rows.flatMap(({ accountId, id }) => (accountId ? [[accountId, id]] : [])))
}
