import { sql, type Kysely } from 'kysely'

/** Codes for the day the phone is lost, each good once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table local_recovery (
      code_hash char(64) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      spent_at datetime(3) null,
      primary key (code_hash),
      key local_recovery_person (person_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
