import type { accountEndpoints, CorrectableField, Input, Output } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { accountSearchText } from '../../search-text.ts'
import { lockOneAccount } from './account-rows.ts'
import { nameSound } from './name-sound.ts'

type Endpoint = typeof accountEndpoints.correctAccount

/**
 * Puts values of an account right, under the lock each send takes. What changes is a person's word from then on: no list
 * changes it before somebody lets it go. Throws `stale_revision` when somebody was faster, `bad_request` for a code that
 * is none.
 */
export async function correctAccount(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { accountId, letGo, reason } = asked
  return transact(deps.db, async (trx) => {
    const was = await lockOneAccount(trx, accountId, asked.revision)
    await checkCodes(trx, asked)
    const wanted = wantedOf(asked)
    const fields = (Object.keys(wanted) as CorrectableField[]).filter((field) => wanted[field] !== valueOf(was, field))
    const corrected = new Set([...was.corrected.split(',').filter(Boolean), ...fields])
    for (const field of letGo) if (!fields.includes(field)) corrected.delete(field)
    const { hospital, ...rest } = Object.fromEntries(fields.map((field) => [field, wanted[field]]))
    const named = fields.includes('name')
      ? { nameSearch: accountSearchText({ name: asked.name.trim(), nameEn: '' }), nameSound: nameSound(asked.name) }
      : {}
    const revision = was.revision + 1
    await trx
      .updateTable('account')
      .set({ ...rest, ...(hospital !== undefined && { hospitalId: String(hospital) }), ...named })
      .set({ corrected: [...corrected].join(','), revision, compareDue: 1 })
      .where('id', '=', accountId)
      .execute()
    const before = Object.fromEntries(fields.map((field) => [field, valueOf(was, field)]))
    const after = Object.fromEntries(fields.map((field) => [field, wanted[field]]))
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'account.corrected', subjectId: accountId, accountId, reason, before, after, detail: { letGo } },
    })
    return { revision }
  })
}

function wantedOf(asked: Input<Endpoint>): Record<CorrectableField, string | boolean> {
  const { title, post, specialty, territory, active } = asked
  const names = { name: asked.name.trim(), title: title.trim(), post: post.trim(), department: asked.department.trim() }
  return { ...names, specialty, territory, active, hospital: asked.hospitalId }
}

type Was = Awaited<ReturnType<typeof lockOneAccount>>
function valueOf(was: Was, field: CorrectableField): string | boolean {
  if (field === 'active') return Boolean(was.active)
  return field === 'hospital' ? was.hospitalId : was[field]
}

/** What is chosen from a list must be in it; what was there before may stay. */
async function checkCodes(trx: Transaction<Database>, asked: Input<Endpoint>): Promise<void> {
  const { specialty, territory, hospitalId } = asked
  const hospital = await trx.selectFrom('hospital').select('id').where('id', '=', hospitalId).executeTakeFirst()
  if (!hospital) throw new AppError('bad_request', { field: 'hospitalId' })
  const known = await trx.selectFrom('territory').select('code').where('code', '=', territory).executeTakeFirst()
  const kept = await trx
    .selectFrom('account')
    .select(['territory', 'specialty'])
    .where('id', '=', asked.accountId)
    .executeTakeFirst()
  if (!known && kept?.territory !== territory) throw new AppError('bad_request', { field: 'territory' })
  if (specialty === '' || kept?.specialty === specialty) return
  const named = await trx.selectFrom('specialty').select('code').where('code', '=', specialty).executeTakeFirst()
  if (!named) throw new AppError('bad_request', { field: 'specialty' })
}
