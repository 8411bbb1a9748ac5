import { sql, type Kysely } from 'kysely'

/** What somebody does with many pieces at once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table bulk_act (
      id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      act varchar(20) not null,
      reason varchar(300) not null,
      created_at datetime(3) not null,
      stopped_at datetime(3) null,
      done_at datetime(3) null,
      primary key (id),
      key bulk_act_open (done_at, stopped_at, created_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
