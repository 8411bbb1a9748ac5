import { sql, type Kysely } from 'kysely'

/** One event owed to one webhook, once, with the bytes that every try sends. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook_delivery (
      id varchar(26) character set ascii collate ascii_bin not null,
      webhook_id varchar(26) character set ascii collate ascii_bin not null,
      event_id varchar(80) character set ascii collate ascii_bin not null,
      kind varchar(40) character set ascii collate ascii_bin not null,
      subject_id varchar(64) character set ascii collate ascii_bin not null,
      body text not null,
      life varchar(10) character set ascii collate ascii_bin not null,
      attempts int not null default 0,
      run_at datetime(3) not null,
      owner varchar(26) character set ascii collate ascii_bin null,
      owned_until datetime(3) not null,
      occurred_at datetime(3) not null,
      created_at datetime(3) not null,
      settled_at datetime(3) null,
      primary key (id),
      unique key webhook_delivery_once (webhook_id, event_id),
      key webhook_delivery_due (webhook_id, life, run_at),
      key webhook_delivery_list (webhook_id, id),
      key webhook_delivery_settled (settled_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
