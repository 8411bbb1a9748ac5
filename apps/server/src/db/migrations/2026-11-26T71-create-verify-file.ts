import { sql, type Kysely } from 'kysely'

/** Files that prove to WeCom that a domain is ours, served at the root of our address. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table verify_file (
      name varchar(80) character set ascii collate ascii_bin not null,
      body varchar(64) character set ascii collate ascii_bin not null,
      set_by varchar(26) character set ascii collate ascii_bin not null,
      set_at datetime(3) not null,
      primary key (name)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
