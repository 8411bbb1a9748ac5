import type { matchOfficeEndpoints, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Session } from '../../people/sessions.ts'
import type { Change, Decision } from './decide-change.ts'
import { checkLicence } from './licence-number.ts'

export type ChangeRefusals = Extract<
  Output<typeof matchOfficeEndpoints.decideChange>,
  { outcome: 'refused' }
>['refusals']
type Checked = { change: Change; asked: Decision; me: Session }

/** Why a decision cannot be; locks the account it would touch. */
export async function checkDecision(trx: Transaction<Database>, checked: Checked): Promise<ChangeRefusals> {
  const { change, asked, me } = checked
  const refusals: ChangeRefusals = []
  if (change.life !== 'waiting') refusals.push('settled')
  if (change.repId === me.personId) refusals.push('own_request')
  if (refusals.length > 0) return refusals
  if (asked.decision === 'decline') return asked.reason === '' ? ['reason_missing'] : []
  if ((asked.decision === 'apply') !== (change.kind === 'detail')) return ['wrong_decision']
  if (asked.decision === 'link') return (await isActive(trx, asked.accountId ?? '')) ? [] : ['account_inactive']
  return checkDetails(trx, checked)
}

async function checkDetails(trx: Transaction<Database>, { change, asked }: Checked): Promise<ChangeRefusals> {
  const refusals: ChangeRefusals = []
  if (needed.some((field) => asked[field] === '')) refusals.push('detail_missing')
  if (asked.decision === 'apply' && !(await isActive(trx, change.accountId ?? ''))) refusals.push('account_inactive')
  if (!(await isHospital(trx, asked))) refusals.push('hospital_unknown')
  if (asked.licenceNumber !== '') {
    if (checkLicence(asked.licenceNumber)) refusals.push('licence_wrong')
    if (asked.licenceSource === null) refusals.push('source_missing')
    if (await isTaken(trx, asked.licenceNumber, change.accountId)) refusals.push('licence_taken')
  }
  return refusals
}

const needed = ['name', 'department', 'specialty', 'territory'] as const

async function isActive(trx: Transaction<Database>, accountId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('account')
    .select('active')
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  return Boolean(row?.active)
}

async function isHospital(trx: Transaction<Database>, { hospitalId, newHospital }: Decision): Promise<boolean> {
  if (hospitalId === null) return newHospital !== ''
  const row = await trx.selectFrom('hospital').select('id').where('id', '=', hospitalId).executeTakeFirst()
  return row !== undefined
}

async function isTaken(trx: Transaction<Database>, licenceNumber: string, own: string | null): Promise<boolean> {
  const rows = await trx
    .selectFrom('account')
    .select('id')
    .where('licenceNumber', '=', licenceNumber)
    .where('active', '=', 1)
    .execute()
  return rows.some((row) => row.id !== own)
}
