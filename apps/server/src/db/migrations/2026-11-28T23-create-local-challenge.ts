import { sql, type Kysely } from 'kysely'

/** What a passkey was asked to sign, for whom and what; each is spent once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table local_challenge (
      challenge_hash char(64) character set ascii collate ascii_bin not null,
      bound_to char(64) character set ascii collate ascii_bin not null,
      begun_at datetime(3) not null,
      ends_at datetime(3) not null,
      spent_at datetime(3) null,
      primary key (challenge_hash),
      key local_challenge_begun (begun_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
