import { sql, type Kysely } from 'kysely'

/** Keys of earlier times, sealed with the one of today: links that were sent open for as long as they are here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table kept_key (
      id char(64) character set ascii collate ascii_bin not null,
      proves varchar(10) character set ascii collate ascii_bin not null,
      sealed_key varchar(200) character set ascii collate ascii_bin not null,
      kept_at datetime(3) not null,
      primary key (id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
