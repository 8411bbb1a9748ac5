import { sql, type Kysely } from 'kysely'

/** The words of a text that is being written; once approved they are in `consent_text` for good. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent_wording (
      version int not null,
      language varchar(10) not null,
      title varchar(200) not null,
      summary varchar(2000) not null,
      body mediumtext not null,
      primary key (version, language)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
