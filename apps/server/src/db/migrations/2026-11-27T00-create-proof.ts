import { sql, type Kysely } from 'kysely'

/** Somebody who is signed in proves again who they are; spent once by the login that follows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table proof (
      id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      session_hash char(64) character set ascii collate ascii_bin not null,
      begun_at datetime(3) not null,
      ends_at datetime(3) not null,
      spent_at datetime(3) null,
      outcome varchar(10) null,
      refused_for varchar(20) null,
      primary key (id),
      key proof_begun (begun_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
