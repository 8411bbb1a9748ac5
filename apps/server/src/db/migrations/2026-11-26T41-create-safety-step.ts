import { sql, type Kysely } from 'kysely'

/** What was done about a report, and by whom; `once` keeps a step from being written twice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table safety_step (
      id varchar(26) character set ascii collate ascii_bin not null,
      report_id varchar(26) character set ascii collate ascii_bin not null,
      step varchar(16) not null,
      once varchar(36) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin null,
      to_person varchar(26) character set ascii collate ascii_bin null,
      reason varchar(300) not null default '',
      at datetime(3) not null,
      primary key (id),
      unique key safety_step_once (report_id, once)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
