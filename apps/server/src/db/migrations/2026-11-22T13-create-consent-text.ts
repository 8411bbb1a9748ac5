import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent_text (
      version int not null,
      language varchar(10) not null,
      title varchar(200) not null,
      body mediumtext not null,
      hash char(64) character set ascii collate ascii_bin not null,
      material tinyint not null,
      active_from datetime(3) not null,
      primary key (version, language)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
