import { sql, type Kysely } from 'kysely'

/** How often somebody tried to get in, under names and addresses that cannot be read from it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table attempt_count (
      bucket varchar(22) character set ascii collate ascii_bin not null,
      attempts int not null,
      since datetime(3) not null,
      primary key (bucket),
      key attempt_since (since)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
