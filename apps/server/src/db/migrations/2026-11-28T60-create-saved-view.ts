import { sql, type Kysely } from 'kysely'

/** What somebody keeps of a list, under a name of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table saved_view (
      id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      list varchar(20) character set ascii collate ascii_bin not null,
      name varchar(30) not null,
      asks varchar(900) character set ascii collate ascii_bin not null,
      saved_at datetime(3) not null,
      primary key (id),
      unique key saved_view_name (person_id, list, name)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
