import { sql, type Kysely } from 'kysely'

/** A link from the command line with which one local administrator sets up how they sign in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table local_invite (
      token_hash char(64) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin null,
      role varchar(20) not null,
      code_sealed varchar(200) character set ascii collate ascii_bin not null,
      made_at datetime(3) not null,
      ends_at datetime(3) not null,
      spent_at datetime(3) null,
      primary key (token_hash),
      key local_invite_made (made_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
