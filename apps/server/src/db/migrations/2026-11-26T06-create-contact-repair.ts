import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contact_repair (
      id varchar(26) character set ascii collate ascii_bin not null,
      run_id varchar(26) character set ascii collate ascii_bin not null,
      at datetime(3) not null,
      what varchar(12) not null,
      why varchar(20) not null default '',
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      external_user_id varchar(64) character set ascii collate ascii_bin not null,
      was varchar(120) not null,
      is_now varchar(120) not null,
      primary key (id),
      key contact_repair_run (run_id, at, id),
      key contact_repair_at (at, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
