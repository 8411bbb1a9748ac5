import { sql, type Kysely } from 'kysely'

/** Who has a report in hand now; locked by whoever decides about it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table safety_task (
      report_id varchar(26) character set ascii collate ascii_bin not null,
      aware_at datetime(3) not null,
      owner_id varchar(26) character set ascii collate ascii_bin null,
      viewed_at datetime(3) null,
      acknowledged_at datetime(3) null,
      next_at datetime(3) not null,
      primary key (report_id),
      key safety_task_due (next_at),
      key safety_task_open (acknowledged_at, aware_at, report_id),
      key safety_task_all (aware_at, report_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
