import type { companyEndpoints, CompanyList, Output } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { holdsOne } from '../people/role-queries.ts'
import type { Session } from '../people/sessions.ts'
import { findChoices, findTerritories, findWords, markOfChoice, markOfWords } from './company-queries.ts'
import { companyWriters } from './company-roles.ts'
import { findUsed } from './used-codes.ts'

/** What the company is called and chooses from, and what of it is in use. */
export async function loadCompany({ db }: Deps, me: Session): Promise<Output<typeof companyEndpoints.loadCompany>> {
  const [words, products, specialties, repGroups, territories] = await Promise.all([
    ...([findWords(db), loadList(db, 'products'), loadList(db, 'specialties'), loadList(db, 'repGroups')] as const),
    findTerritories(db),
  ])
  const mayChange = holdsOne(me.roles, companyWriters)
  return { words, mark: markOfWords(words), products, specialties, repGroups, territories, mayChange }
}

async function loadList(db: Kysely<Database>, list: CompanyList) {
  const [choices, used] = await Promise.all([findChoices(db, list), findUsed(db, list)])
  return choices.map((choice) => ({ ...choice, mark: markOfChoice(choice), used: used.has(choice.code) }))
}
