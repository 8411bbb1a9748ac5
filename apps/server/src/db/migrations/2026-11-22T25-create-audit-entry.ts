import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_entry (
      id varchar(26) character set ascii collate ascii_bin not null,
      at datetime(3) not null,
      actor_kind varchar(10) not null,
      actor_id varchar(64) character set ascii collate ascii_bin not null,
      event varchar(60) not null,
      subject_id varchar(64) character set ascii collate ascii_bin not null,
      account_id varchar(26) character set ascii collate ascii_bin null,
      reason varchar(300) null,
      detail json not null,
      primary key (id),
      key audit_entry_subject (subject_id, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
