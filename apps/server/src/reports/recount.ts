import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { countDay, type DayCounts } from './count-day.ts'
import { dimensions } from './keep-day.ts'

/** Every figure by its place, so that two counts can be laid side by side. */
export type Figures = Map<string, number>
type Range = { from: number; until: number }

/** Everything once more from the facts, over Shanghai days, both included. */
export async function recount(db: Kysely<Database>, { from, until }: Range): Promise<Figures> {
  const figures: Figures = new Map()
  for (let day = from; day <= until; day += 1) addFigures(figures, await countDay(db, day))
  return figures
}

/** The same as it was kept. */
export async function readKept(db: Kysely<Database>, { from, until }: Range): Promise<Figures> {
  const [counts, readers, contacts] = await Promise.all([
    db
      .selectFrom('reportCount')
      .select(['dimension', 'day', 'member', 'product', 'territory', 'measure', 'n'])
      .where('dimension', 'in', dimensions)
      .where('day', '>=', from)
      .where('day', '<=', until)
      .execute(),
    db
      .selectFrom('reportReader')
      .select(['dimension', 'day', 'member', 'product', 'territory', 'accountId'])
      .where('dimension', 'in', dimensions)
      .where('day', '>=', from)
      .where('day', '<=', until)
      .execute(),
    db
      .selectFrom('reportContact')
      .select(['day', 'accountId', 'product', 'counted', 'evidence'])
      .where('day', '>=', from)
      .where('day', '<=', until)
      .execute(),
  ])
  const figures: Figures = new Map()
  addFigures(figures, { counts, readers, contacts })
  return figures
}

function addFigures(figures: Figures, { counts, readers, contacts }: DayCounts): void {
  for (const { dimension, day, member, product, territory, measure, n } of counts)
    figures.set([day, dimension, member, product, territory, measure].join('|'), n)
  for (const { dimension, day, member, product, territory, accountId } of readers)
    figures.set([day, dimension, member, product, territory, 'reader', accountId].join('|'), 1)
  for (const { day, accountId, product, counted, evidence } of contacts) {
    figures.set([day, accountId, product, 'counted'].join('|'), counted)
    figures.set([day, accountId, product, 'evidence'].join('|'), evidence)
  }
}

/** The places at which two counts are not the same. */
export const differencesOf = (one: Figures, other: Figures): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((place) => one.get(place) !== other.get(place))
