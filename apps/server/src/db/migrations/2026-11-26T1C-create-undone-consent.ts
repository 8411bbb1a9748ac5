import { sql, type Kysely } from 'kysely'

/** Statements a merge carried over to another record and that went back with it: kept as evidence, counted no more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table undone_consent (
      consent_id varchar(26) character set ascii collate ascii_bin not null,
      merge_id varchar(26) character set ascii collate ascii_bin not null,
      undone_at datetime(3) not null,
      primary key (consent_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
