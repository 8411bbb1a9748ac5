import type { Input, Output, peopleEndpoints } from '@vouch/contract'
import type { Kysely, Transaction } from 'kysely'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findEntitlement, markOf, type Entitlement } from './entitlement-rows.ts'
import type { Session } from './sessions.ts'

type Endpoint = typeof peopleEndpoints.entitleRep
type Refusal = Extract<Output<Endpoint>, { outcome: 'refused' }>['reasons'][number]

/**
 * Says what a rep may send, where, and as whom they are filed; the gate reads it from the next send on. Only over what
 * the asker saw: whoever was slower gets `stale_revision`.
 */
export async function entitleRep(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { personId, reason } = asked
  if (personId === me.personId) throw new AppError('four_eyes')
  return transact(deps.db, async (trx) => {
    const person = await trx.selectFrom('person').select('id').where('id', '=', personId).forUpdate().executeTakeFirst()
    if (!person) throw new AppError('not_found')
    const before = await findEntitlement(trx, personId)
    if (markOf(before) !== asked.mark) throw new AppError('stale_revision')
    const after = asEntitlement(asked)
    const reasons = await refuse(trx, before, after)
    if (reasons.length > 0) return { outcome: 'refused' as const, reasons }
    await write(trx, personId, before, after)
    const changed = (Object.keys(after) as (keyof Entitlement)[]).filter((name) => differs(before[name], after[name])) // its own keys
    const only = (all: Entitlement) => Object.fromEntries(changed.map((name) => [name, all[name]]))
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'rep.entitled', subjectId: personId, reason, before: only(before), after: only(after) },
    })
    return { outcome: 'done' as const, mark: markOf(after) }
  })
}

const sorted = (codes: readonly string[]): string[] => [...new Set(codes)].toSorted()
const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other)

function asEntitlement({ products, territories, groups, filingNumber, filedUntil }: Input<Endpoint>): Entitlement {
  return {
    ...{ products: sorted(products), territories: sorted(territories), groups: sorted(groups) },
    ...{ filingNumber: filingNumber || null, filedUntil: filingNumber && filedUntil ? new Date(filedUntil) : null },
  }
}

async function refuse(db: Kysely<Database>, before: Entitlement, after: Entitlement): Promise<Refusal[]> {
  if (markOf(before) === markOf(after)) return ['nothing_changed']
  const [products, territories, groups] = await Promise.all([
    db.selectFrom('product').select('code').where('code', 'in', asked(after.products)).execute(),
    db.selectFrom('territory').select('code').where('code', 'in', asked(after.territories)).execute(),
    db.selectFrom('repGroup').select('code').where('code', 'in', asked(after.groups)).execute(),
  ])
  // What stands already may stay although the lists no longer know it.
  const unknown = (codes: readonly string[], known: { code: string }[], had: readonly string[]) =>
    codes.some((code) => !had.includes(code) && !known.some((one) => one.code === code))
  return [
    ...(unknown(after.products, products, before.products) ? (['unknown_product'] as const) : []),
    ...(unknown(after.territories, territories, before.territories) ? (['unknown_territory'] as const) : []),
    ...(unknown(after.groups, groups, before.groups) ? (['unknown_group'] as const) : []),
  ]
}

/** A list to look for is never empty in SQL; no code is an empty word. */
const asked = (codes: readonly string[]): string[] => (codes.length === 0 ? [''] : [...codes])

async function write(
  trx: Transaction<Database>,
  repId: string,
  before: Entitlement,
  after: Entitlement,
): Promise<void> {
  const { filingNumber, filedUntil } = after
  await trx.updateTable('person').set({ filingNumber, filedUntil }).where('id', '=', repId).execute()
  const change = (name: 'products' | 'territories' | 'groups') => ({
    gone: before[name].filter((code) => !after[name].includes(code)),
    come: after[name].filter((code) => !before[name].includes(code)),
  })
  const [products, territories, groups] = [change('products'), change('territories'), change('groups')]
  await trx.deleteFrom('repProduct').where('repId', '=', repId).where('product', 'in', asked(products.gone)).execute()
  await trx
    .deleteFrom('repTerritory')
    .where('repId', '=', repId)
    .where('territory', 'in', asked(territories.gone))
    .execute()
  await trx.deleteFrom('repGroupMember').where('repId', '=', repId).where('code', 'in', asked(groups.gone)).execute()
  for (const product of products.come) await trx.insertInto('repProduct').values({ repId, product }).execute()
  for (const territory of territories.come) await trx.insertInto('repTerritory').values({ repId, territory }).execute()
  for (const code of groups.come) await trx.insertInto('repGroupMember').values({ repId, code }).execute()
}
