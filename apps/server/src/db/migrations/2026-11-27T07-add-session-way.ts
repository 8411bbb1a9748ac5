import { sql, type Kysely } from 'kysely'

/** How somebody signed in, and on what kind of device. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table session
      add column way varchar(10) character set ascii collate ascii_bin not null default 'wecom',
      add column device varchar(20) character set ascii collate ascii_bin not null default ''
  `.execute(db)
}
