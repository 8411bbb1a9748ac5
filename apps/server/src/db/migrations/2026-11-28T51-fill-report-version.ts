import { sql, type Kysely } from 'kysely'

/** From the days that were counted until now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into report_version (content_item_id, territory, proven, opened, client, unknown, links, links_opened)
    select member, territory, sum(if(measure = 'is:proven', n, 0)), sum(if(measure = 'is:opened', n, 0)),
      sum(if(measure = 'is:client', n, 0)), sum(if(measure = 'is:unknown', n, 0)),
      sum(if(measure = 'link', n, 0)), sum(if(measure = 'opened', n, 0))
    from report_count where dimension = 'version' group by member, territory
  `.execute(db)
}
