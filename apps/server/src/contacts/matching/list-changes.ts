import type { ChangeRow, Input, matchOfficeEndpoints, OfficeDoctor, Output } from '@vouch/contract'
import type { Kysely } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { readCursor, writeCursor, type Cursor } from '../../cursor.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { mayWriteAccounts } from '../accounts/account-roles.ts'
import { changeFields, differencesOf, findDetails, type Details } from './change-details.ts'
import { findAlike, findDoctorsOf } from './office-queries.ts'
import { changeColumns } from './standing-queries.ts'

type Endpoint = typeof matchOfficeEndpoints.listChanges
type Asked = Input<Endpoint>
const pageSize = 20

/** What reps ask of the list of doctors, with what speaks for and against it. Looking is recorded: it shows personal data. */
export async function listChanges(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  const { db } = deps
  const found = await findPage(db, asked.show, readCursor(asked.cursor))
  const page = found.slice(0, pageSize)
  const around = await findAround(db, page, { personId: me.personId, act: mayWriteAccounts(me.roles) })
  await transact(db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'account_changes.viewed', subjectId: me.personId, detail: { shown: page.length, show: asked.show } },
    }),
  )
  const [territories, specialties] = await Promise.all([
    db.selectFrom('territory').select(['code', 'name', 'nameEn']).orderBy('code').execute(),
    db.selectFrom('specialty').select(['code', 'name', 'nameEn']).orderBy('code').execute(),
  ])
  const last = found.length > pageSize ? page.at(-1) : undefined
  return {
    rows: page.map((row) => describe(row, around)),
    next: last ? writeCursor({ at: last.decidedAt ?? last.askedAt, id: last.changeId }) : null,
    ...{ territories, specialties },
  }
}

async function findPage(db: Kysely<Database>, show: Asked['show'], after: Cursor | undefined) {
  let rows = db
    .selectFrom('accountChange')
    .innerJoin('person as rep', 'rep.id', 'accountChange.repId')
    .innerJoin('externalContact', 'externalContact.externalUserId', 'accountChange.externalUserId')
    .leftJoin('contactFollow', (join) =>
      join
        .onRef('contactFollow.externalUserId', '=', 'accountChange.externalUserId')
        .onRef('contactFollow.repId', '=', 'accountChange.repId'),
    )
    .leftJoin('person as decider', 'decider.id', 'accountChange.decidedBy')
    .select(changeColumns)
    .select(['accountChange.department', 'accountChange.title', 'accountChange.licenceNumber', 'accountChange.note'])
    .select(['accountChange.photoHash', 'accountChange.accountId', 'accountChange.repId', 'accountChange.was'])
    .select(['rep.name as rep', 'externalContact.nickname', 'contactFollow.remark', 'decider.name as decidedBy'])
    .limit(pageSize + 1)
  if (show === 'waiting') {
    rows = rows.where('accountChange.life', '=', 'waiting').orderBy('accountChange.id')
    return (after ? rows.where('accountChange.id', '>', after.id) : rows).execute()
  }
  rows = rows
    .where('accountChange.decidedAt', 'is not', null)
    .orderBy('accountChange.decidedAt', 'desc')
    .orderBy('accountChange.id', 'desc')
  if (after)
    rows = rows
      .where('accountChange.decidedAt', '<=', after.at)
      .where((eb) => eb.or([eb('accountChange.decidedAt', '<', after.at), eb('accountChange.id', '<', after.id)]))
  return rows.execute()
}
type Found = Awaited<ReturnType<typeof findPage>>[number]

type May = { personId: string; act: boolean }
type Around = Awaited<ReturnType<typeof findAround>>

/** Everything of a page in a statement each. */
async function findAround(db: Kysely<Database>, page: readonly Found[], may: May) {
  const ids = page.flatMap((row) => row.accountId ?? [])
  const [doctors, details, alike, territories] = await Promise.all([
    findDoctorsOf(db, ids),
    findDetails(db, ids),
    findAlike(db, page),
    findTerritories(
      db,
      page.map((row) => row.repId),
    ),
  ])
  return { doctors, details, alike, territories, may }
}

async function findTerritories(db: Kysely<Database>, repIds: readonly string[]): Promise<Map<string, string[]>> {
  if (repIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('repTerritory')
    .select(['repId', 'territory'])
    .where('repId', 'in', [...new Set(repIds)])
    .orderBy('territory')
    .execute()
  const served = new Map<string, string[]>()
  for (const { repId, territory } of rows) served.set(repId, [...(served.get(repId) ?? []), territory])
  return served
}

function describe(row: Found, { doctors, details, alike, territories, may }: Around): ChangeRow {
  const { photoHash, accountId, repId, was, nickname, remark, decidedBy, ...told } = row
  return {
    ...told,
    ...{ photo: photoHash !== null, contact: { nickname, remark: remark ?? '' }, decidedBy: decidedBy ?? '' },
    doctor: (accountId !== null && doctors.get(accountId)) || null,
    differences: row.kind === 'new' ? [] : differencesOf(wasOf(was, details.get(accountId ?? '')), row),
    alike: alike.filter((other) => isAlike(other, row)),
    territories: territories.get(repId) ?? [],
    mayDecide: may.act && row.life === 'waiting' && repId !== may.personId,
  }
}

const isAlike = (other: OfficeDoctor, { name, licenceNumber, accountId }: Found): boolean =>
  other.accountId !== accountId &&
  (other.name === name || (licenceNumber !== '' && other.licenceNumber === licenceNumber))

const empty: Details = { name: '', hospital: '', department: '', title: '', licenceNumber: '' }

/** What stood there when it was applied; while it waits, what stands there now. */
function wasOf(was: string, now: Details | undefined): Details {
  if (was === '') return now ?? empty
  const kept = JSON.parse(was) as Partial<Record<string, string | null>> // written by decide-change.ts
  return Object.fromEntries(changeFields.map((field) => [field, kept[field] ?? ''])) as Details // every field of it
}
