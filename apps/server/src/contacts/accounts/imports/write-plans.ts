import { sql, type Insertable, type Transaction } from 'kysely'
import { auditRow } from '../../../audit/append-audit.ts'
import type { Database } from '../../../db/schema.ts'
import type { Actor, Deps } from '../../../deps.ts'
import { accountSearchText } from '../../../search-text.ts'
import { nameSound } from '../name-sound.ts'
import type { AccountChange, Plan } from './plan-row.ts'

type Row = Plan & { externalId: string }
type Scope = { actor: Actor; at: Date; runId: string }

/** Writes what rows ask for, in few statements, each account with its entry in the trail. */
export async function writePlans(
  deps: Deps,
  trx: Transaction<Database>,
  rows: readonly Row[],
  scope: Scope,
): Promise<void> {
  await addAround(trx, rows)
  const added = rows.flatMap((row) => (row.account && !row.account.was ? [newRow(row, row.account.change, scope)] : []))
  if (added.length > 0) await trx.insertInto('account').values(added).execute()
  for (const { account } of rows) if (account?.was) await changeAccount(trx, account.was, account.change, scope)
  await addAssignments(trx, rows)
  const entries = [...rows.flatMap((row) => entryOf(deps, row, scope)), ...territoryEntries(deps, rows, scope)]
  if (entries.length > 0) await trx.insertInto('auditEntry').values(entries).execute()
}

async function addAround(trx: Transaction<Database>, rows: readonly Row[]): Promise<void> {
  const hospitals = rows.flatMap(({ add }) => (add.hospital ? [add.hospital] : []))
  const specialties = rows.flatMap(({ add }) => add.specialty ?? [])
  const territories = rows.flatMap(({ add }) => add.territory ?? [])
  const named = (code: string) => ({ code, name: code })
  if (hospitals.length > 0)
    await trx
      .insertInto('hospital')
      .ignore()
      .values(hospitals.map((hospital) => ({ ...hospital, shortName: hospital.name.slice(0, 60) })))
      .execute()
  if (specialties.length > 0) await trx.insertInto('specialty').ignore().values(specialties.map(named)).execute()
  if (territories.length > 0) await trx.insertInto('territory').ignore().values(territories.map(named)).execute()
}

function newRow({ accountId, externalId }: Row, change: AccountChange, { at }: Scope): Insertable<Database['account']> {
  const { name = '', title = '', post = '', department = '', specialty = '', territory = '', ...rest } = change
  const { hospitalId = '', campus = '', active = true, licenceNumber = null, hcpVerified = false } = rest
  return {
    ...{ id: accountId, externalId, name, title, post, department, specialty, territory, hospitalId, campus, active },
    ...{ licenceNumber, hcpVerified, ...proofOf(hcpVerified, at) },
    ...{ nameSearch: accountSearchText({ name, nameEn: '' }), nameSound: nameSound(name) },
    ...{ pausedUntil: null, mergedInto: null, createdAt: at },
  }
}

const proofOf = (verified: boolean, at: Date) => ({
  ...{ verifiedSource: verified ? ('list' as const) : null, verifiedAt: verified ? at : null, verifiedBy: null },
})

async function changeAccount(
  trx: Transaction<Database>,
  was: { id: string; revision: number },
  change: AccountChange,
  { at }: Scope,
): Promise<void> {
  const named = change.name
    ? { nameSearch: accountSearchText({ name: change.name, nameEn: '' }), nameSound: nameSound(change.name) }
    : {}
  await trx
    .updateTable('account')
    .set({ ...change, ...named, ...(change.hcpVerified && proofOf(true, at)) })
    .set({ revision: was.revision + 1, compareDue: 1 })
    .where('id', '=', was.id)
    .execute()
}

async function addAssignments(trx: Transaction<Database>, rows: readonly Row[]): Promise<void> {
  const assigned = rows.flatMap(({ assignment }) => assignment ?? [])
  if (assigned.length > 0)
    await trx
      .insertInto('accountAssignment')
      .values(assigned)
      .onDuplicateKeyUpdate({ fromDay: sql`values(from_day)`, untilDay: sql`values(until_day)` })
      .execute()
  const served = rows.flatMap(({ repTerritory }) => repTerritory ?? [])
  if (served.length > 0) await trx.insertInto('repTerritory').ignore().values(served).execute()
}

function entryOf({ newId }: Deps, { accountId, account, assignment }: Row, { actor, at, runId }: Scope) {
  if (!account && !assignment) return []
  const event = account && !account.was ? ('account.added_by_list' as const) : ('account.changed_by_list' as const)
  const { was, change } = account ?? { was: null, change: {} }
  const fields = Object.keys(change) as (keyof AccountChange)[] // of the type itself
  const before = was ? Object.fromEntries(fields.map((field) => [field, was[field]])) : undefined
  return auditRow(newId(), actor, at, {
    ...{ event, subjectId: accountId, accountId, detail: { runId, assignment: assignment ?? undefined } },
    ...{ before, after: change },
  })
}

function territoryEntries({ newId }: Deps, rows: readonly Row[], { actor, at, runId }: Scope) {
  const served = new Map(
    rows.flatMap(({ repTerritory }) => (repTerritory ? [[JSON.stringify(repTerritory), repTerritory] as const] : [])),
  )
  return [...served.values()].map(({ repId, territory }) =>
    auditRow(newId(), actor, at, { event: 'rep.territory_named', subjectId: repId, detail: { territory, runId } }),
  )
}
