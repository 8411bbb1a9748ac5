import { sql, type Kysely } from 'kysely'

/** What the codes of territories are called, in both languages. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table territory (
      code varchar(40) not null,
      name varchar(80) not null,
      name_en varchar(120) not null default '',
      primary key (code)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin`.execute(db)
}
