import type { Input, Output, sendEndpoints } from '@vouch/contract'
import type { Kysely } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { scopeOf } from '../../people/scope.ts'
import type { Session } from '../../people/sessions.ts'
import { findRecords } from '../list-history.ts'
import { freshRows } from './index-sends.ts'
import { findSendPage, type SendFilter } from './send-row-queries.ts'

type Endpoint = typeof sendEndpoints.listSends
export type OfficeSend = Output<Endpoint>['sends'][number]
const pageSize = 50

/** Every attempt of everybody, also refused ones, under a filter. Looking is recorded: it shows personal data. */
export async function listSends(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const own = await scopeOf(deps, me)
  const completeUntil = await freshRows(deps)
  const { cursor, ...filter } = asked
  const found = await findSendPage(deps.db, filter, {
    own,
    after: readCursor(cursor, filter.order),
    limit: pageSize + 1,
  })
  const page = found.slice(0, pageSize)
  const sends = await findOfficeSends(
    deps.db,
    page.map(({ id }) => id),
    deps.now(),
  )
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'sends.viewed', subjectId: me.personId, detail: { shown: sends.length, ...toldOf(filter) } },
    }),
  )
  const last = found.length > pageSize ? page.at(-1) : undefined
  return { sends, next: last ? writeCursor(last, filter.order) : null, completeUntil, own }
}

/** The filter as it is kept: what was asked for and no name that was typed. */
export function toldOf({ query, ...filter }: SendFilter): Record<string, unknown> {
  const asked = Object.entries(filter).filter(([, value]) => value !== '' && value !== 0)
  return { ...Object.fromEntries(asked), searched: query.trim() !== '' }
}

/** Records of sends with whom they concern, in the order of the ids. */
export async function findOfficeSends(db: Kysely<Database>, sendIds: string[], now: Date): Promise<OfficeSend[]> {
  if (sendIds.length === 0) return []
  const [records, rows] = await Promise.all([findRecords(db, sendIds, now), findAround(db, sendIds)])
  const around = new Map(rows.map(({ sendId, ...row }) => [sendId, { ...row, hospital: row.hospital ?? '' }]))
  return records.flatMap((send) => {
    const about = around.get(send.sendId)
    return about ? { ...send, ...about } : []
  })
}

const findAround = (db: Kysely<Database>, sendIds: string[]) =>
  db
    .selectFrom('sendRow')
    .innerJoin('person', 'person.id', 'sendRow.repId')
    .leftJoin('account', 'account.id', 'sendRow.accountId')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['sendRow.sendId', 'sendRow.accountId', 'sendRow.policyVersion', 'sendRow.consentVersion'])
    .select(['person.name as rep', 'hospital.name as hospital'])
    .where('sendRow.sendId', 'in', sendIds)
    .execute()
