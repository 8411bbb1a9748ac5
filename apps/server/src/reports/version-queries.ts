import { fewestReaders, type ContentRow } from '@vouch/contract'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { share } from './report-columns.ts'

type Figures = NonNullable<ContentRow['figures']>
type Territories = readonly string[] | null

/** So many of the newest sends of a version are looked through for doctors enough to tell of. */
const sendsLookedAt = 200

/**
 * How these versions were sent and opened so far, counted as in reports, in some territories or everywhere (null). Those of
 * which nothing was counted are left out. Whoever sees the list of content sees no single sends, so what fewer than five
 * doctors did with their links is not told.
 */
export async function findVersionFigures(
  db: Kysely<Database>,
  ids: readonly string[],
  territories: Territories,
): Promise<Map<string, Figures>> {
  if (ids.length === 0 || territories?.length === 0) return new Map()
  const sum = (column: string) => sql<number>`sum(${sql.ref(column)})`
  const rows = await db
    .selectFrom('reportVersion')
    .select(['contentItemId', sum('proven').as('proven'), sum('opened').as('opened'), sum('client').as('client')])
    .select([sum('unknown').as('unknown'), sum('links').as('links'), sum('links_opened').as('linksOpened')])
    .where('contentItemId', 'in', ids)
    .$if(territories !== null, (version) => version.where('territory', 'in', territories ?? []))
    .groupBy('contentItemId')
    .execute()
  const many = rows.filter(({ links }) => Number(links) >= fewestReaders).map(({ contentItemId }) => contentItemId)
  const told = await findTold(db, many, territories)
  return new Map(rows.filter(isAny).map((row) => [row.contentItemId, asFigures(row, told)]))
}

type Row = Record<'proven' | 'opened' | 'client' | 'unknown' | 'links' | 'linksOpened', number> & {
  contentItemId: string
}

const isAny = ({ contentItemId: _, ...counted }: Row): boolean => Object.values(counted).some((n) => Number(n) > 0)

/** Without a link nothing could be opened, so nothing is kept back. */
function asFigures({ contentItemId, links, linksOpened, ...row }: Row, told: ReadonlySet<string>): Figures {
  const withheld = Number(links) > 0 && !told.has(contentItemId)
  return {
    ...{ proven: Number(row.proven), client: Number(row.client), unknown: Number(row.unknown) },
    opened: withheld ? null : Number(row.opened),
    openedRate: withheld ? null : share(Number(linksOpened), Number(links)),
    withheld,
  }
}

/** Of these versions, those whose links went to doctors enough; a merged record is the one it was merged into. */
async function findTold(db: Kysely<Database>, ids: readonly string[], territories: Territories): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const within = territories === null ? sql`true` : sql`whole.territory in (${sql.join(territories)})`
  const counts = ids.map(
    (id) => sql`select ${id} as content_item_id, count(distinct whole.id) as doctors from (
        select account_id from send where content_item_id = ${id} and outcome = 'authorised'
          and kind in ('news', 'miniprogram') order by id desc limit ${sendsLookedAt}) newest
      join account named on named.id = newest.account_id
      join account whole on whole.id = coalesce(named.merged_into, named.id) and ${within}`,
  )
  const asked = sql<{ contentItemId: string; doctors: number }>`${sql.join(counts, sql` union all `)}`
  const { rows } = await asked.execute(db)
  return new Set(rows.filter(({ doctors }) => Number(doctors) >= fewestReaders).map((row) => row.contentItemId))
}
