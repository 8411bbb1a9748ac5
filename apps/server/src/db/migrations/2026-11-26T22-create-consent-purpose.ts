import { sql, type Kysely } from 'kysely'

/** A row for each purpose: what is locked to begin, approve or number a text. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent_purpose (
      purpose varchar(20) not null,
      open_version int null,
      primary key (purpose)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
    select 'receive' as purpose union all select 'reading_record' union all select 'archive'
  `.execute(db)
}
