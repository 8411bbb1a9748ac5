import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table outbox (
      id varchar(26) character set ascii collate ascii_bin not null,
      kind varchar(20) not null,
      to_person varchar(26) character set ascii collate ascii_bin not null,
      subject_id varchar(26) character set ascii collate ascii_bin not null,
      body text not null,
      run_at datetime(3) not null,
      attempts int not null default 0,
      owner varchar(26) character set ascii collate ascii_bin null,
      owned_until datetime(3) not null,
      created_at datetime(3) not null,
      sent_at datetime(3) null,
      problem varchar(200) null,
      primary key (id),
      unique key outbox_once (kind, subject_id, to_person),
      key outbox_due (sent_at, run_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
