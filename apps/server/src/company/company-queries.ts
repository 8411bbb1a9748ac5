import type { CompanyList, CompanyWords } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { sha256 } from '../secrets.ts'

const unsaid: CompanyWords = { name: '', nameEn: '', safetyPhone: '', safetyEmail: '', privacyEmail: '' }

/** What the company says of itself; empty words until it does. */
export async function findWords(db: Kysely<Database>): Promise<CompanyWords> {
  const row = await db
    .selectFrom('company')
    .select(['name', 'nameEn', 'safetyPhone', 'safetyEmail', 'privacyEmail'])
    .where('id', '=', 1)
    .executeTakeFirst()
  return row ?? unsaid
}

/** Tells whether somebody else changed it in between. */
export const markOfWords = ({ name, nameEn, safetyPhone, safetyEmail, privacyEmail }: CompanyWords): string =>
  sha256(JSON.stringify([name, nameEn, safetyPhone, safetyEmail, privacyEmail]))

type Named = { code: string; name: string; nameEn: string }
export const markOfChoice = ({ code, name, nameEn }: Named): string => sha256(JSON.stringify([code, name, nameEn]))

/** The table of a list. All three have the columns of products, which is what the type says. */
export const tableOf = (list: CompanyList): 'product' =>
  ({ products: 'product', specialties: 'specialty', repGroups: 'repGroup' })[list] as 'product'

export const findChoices = (db: Kysely<Database>, list: CompanyList): Promise<Named[]> =>
  db.selectFrom(tableOf(list)).select(['code', 'name', 'nameEn']).orderBy('code').execute()

/** Territories come with the list of doctors. */
export const findTerritories = (db: Kysely<Database>): Promise<Named[]> =>
  db.selectFrom('territory').select(['code', 'name', 'nameEn']).orderBy('code').execute()
