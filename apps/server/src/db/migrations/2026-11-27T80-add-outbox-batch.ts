import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table outbox
      add column batch_id varchar(26) character set ascii collate ascii_bin null,
      add column members int not null default 1,
      add column tried_at datetime(3) null,
      add key outbox_batch (batch_id),
      add key outbox_person (to_person, sent_at)
  `.execute(db)
}
