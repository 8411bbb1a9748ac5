import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table session (
      token_hash char(64) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      face varchar(10) not null,
      signed_in_at datetime(3) not null,
      last_seen_at datetime(3) not null,
      ended_at datetime(3) null,
      ended_why varchar(40) null,
      primary key (token_hash),
      key session_person (person_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
