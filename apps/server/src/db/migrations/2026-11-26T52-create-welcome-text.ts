import { sql, type Kysely } from 'kysely'

/** What the company says to a new contact; the newest version holds, the others stay. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table welcome_text (
      version int not null,
      wording_zh varchar(600) not null,
      wording_en varchar(600) not null,
      reason varchar(300) not null,
      changed_by varchar(26) character set ascii collate ascii_bin not null,
      changed_at datetime(3) not null,
      primary key (version)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
