import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { sha256 } from '../secrets.ts'

/** What a rep may send, where, and as whom they are filed. Codes are sorted. */
export type Entitlement = {
  products: string[]
  territories: string[]
  groups: string[]
  filingNumber: string | null
  filedUntil: Date | null
}

export async function findEntitlement(db: Kysely<Database>, personId: string): Promise<Entitlement> {
  const [person, products, territories, groups] = await Promise.all([
    db.selectFrom('person').select(['filingNumber', 'filedUntil']).where('id', '=', personId).executeTakeFirst(),
    db.selectFrom('repProduct').select('product').where('repId', '=', personId).execute(),
    db.selectFrom('repTerritory').select('territory').where('repId', '=', personId).execute(),
    db.selectFrom('repGroupMember').select('code').where('repId', '=', personId).execute(),
  ])
  return {
    products: products.map(({ product }) => product).toSorted(),
    territories: territories.map(({ territory }) => territory).toSorted(),
    groups: groups.map(({ code }) => code).toSorted(),
    ...{ filingNumber: person?.filingNumber ?? null, filedUntil: person?.filedUntil ?? null },
  }
}

/** Tells whether somebody else changed it in between. */
export const markOf = ({ products, territories, groups, filingNumber, filedUntil }: Entitlement): string =>
  sha256(JSON.stringify([products, territories, groups, filingNumber, filedUntil?.getTime() ?? null]))
