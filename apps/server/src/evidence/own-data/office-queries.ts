import type { HcpRequest } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Cursor } from '../../cursor.ts'
import type { Database } from '../../db/schema.ts'
import { readErased } from './request-queries.ts'
import { findHolders } from '../../people/role-queries.ts'

function officeRows(db: Kysely<Database>) {
  return db
    .selectFrom('hcpRequest')
    .leftJoin('account', 'account.id', 'hcpRequest.accountId')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .leftJoin('person', 'person.id', 'hcpRequest.decidedBy')
    .select(['hcpRequest.id as hcpRequestId', 'hcpRequest.receipt', 'hcpRequest.kind', 'hcpRequest.life'])
    .select(['hcpRequest.filedAt', 'hcpRequest.wording', 'hcpRequest.decidedAt', 'hcpRequest.answer'])
    .select(['hcpRequest.erased', 'account.name as doctor', 'hospital.name as hospital', 'person.name as decidedBy'])
}
type OfficeRow = Awaited<ReturnType<ReturnType<typeof officeRows>['execute']>>[number]

function describe({ erased, hospital, ...row }: OfficeRow): HcpRequest {
  const { kept = null, ...gone } = readErased(erased) ?? {}
  return { ...row, hospital: hospital ?? '', erased: erased ? (gone as HcpRequest['erased']) : null, kept }
}

/** Requests of doctors for the office, newest first, from after that one on. */
export async function findRequests(
  db: Kysely<Database>,
  asked: { show: 'waiting' | 'all'; after: Cursor | undefined; limit: number },
): Promise<HcpRequest[]> {
  const { show, after, limit } = asked
  let rows = officeRows(db).orderBy('hcpRequest.filedAt', 'desc').orderBy('hcpRequest.id', 'desc').limit(limit)
  if (show === 'waiting') rows = rows.where('hcpRequest.life', '=', 'waiting')
  if (after)
    rows = rows
      .where('hcpRequest.filedAt', '<=', after.at)
      .where((eb) => eb.or([eb('hcpRequest.filedAt', '<', after.at), eb('hcpRequest.id', '<', after.id)]))
  return (await rows.execute()).map(describe)
}

export async function findRequest(db: Kysely<Database>, hcpRequestId: string): Promise<HcpRequest | undefined> {
  const row = await officeRows(db).where('hcpRequest.id', '=', hcpRequestId).executeTakeFirst()
  return row && describe(row)
}

/** Who is told that a doctor asks something of the company. */
export const findOfficers = (db: Kysely<Database>, now: Date): Promise<string[]> =>
  findHolders(db, requestDeciders, now)

export const requestDeciders = ['compliance', 'compliance_officer'] as const
export const requestReaders = [...requestDeciders, 'auditor'] as const
