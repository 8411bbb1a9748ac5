import type { CompanyList } from '@vouch/contract'
import type { Kysely } from 'kysely'
import { findConnection } from '../content/from-vault/vault-queries.ts'
import type { Database } from '../db/schema.ts'

/** Codes of a list that pieces, people, doctors or the mapping of the vault name. */
export async function findUsed(db: Kysely<Database>, list: CompanyList): Promise<Set<string>> {
  if (list === 'products') return usedProducts(db)
  return list === 'specialties' ? usedSpecialties(db) : usedGroups(db)
}

/** Ours stands behind the vault’s. */
const mapped = (pairs: readonly string[] = []): string[] => pairs.map((pair) => pair.slice(pair.indexOf('=') + 1))
const split = (lists: readonly string[]): string[] => lists.flatMap((codes) => codes.split(','))

async function usedProducts(db: Kysely<Database>): Promise<Set<string>> {
  const [pieces, reps, wishes, vault] = await Promise.all([
    db.selectFrom('contentItem').select('product').distinct().execute(),
    db.selectFrom('repProduct').select('product').distinct().execute(),
    db.selectFrom('accountWish').select('unwanted').distinct().execute(),
    findConnection(db),
  ])
  return new Set([
    ...[...pieces, ...reps].map(({ product }) => product),
    ...split(wishes.map(({ unwanted }) => unwanted)),
    ...mapped(vault?.mapping?.products),
  ])
}

async function usedSpecialties(db: Kysely<Database>): Promise<Set<string>> {
  const [accounts, pieces, vault] = await Promise.all([
    db.selectFrom('account').select('specialty').distinct().execute(),
    db.selectFrom('contentItem').select('audience').distinct().execute(),
    findConnection(db),
  ])
  return new Set([
    ...accounts.map(({ specialty }) => specialty),
    ...split(pieces.map(({ audience }) => audience)),
    ...mapped(vault?.mapping?.audiences),
  ])
}

async function usedGroups(db: Kysely<Database>): Promise<Set<string>> {
  const [members, pieces] = await Promise.all([
    db.selectFrom('repGroupMember').select('code').distinct().execute(),
    db.selectFrom('contentItem').select('repGroups').distinct().execute(),
  ])
  return new Set([...members.map(({ code }) => code), ...split(pieces.map(({ repGroups }) => repGroups))])
}
