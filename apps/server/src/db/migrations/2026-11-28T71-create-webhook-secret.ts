import { sql, type Kysely } from 'kysely'

/** What signs for a webhook, sealed: the newest without an end, those before it until theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook_secret (
      id varchar(26) character set ascii collate ascii_bin not null,
      webhook_id varchar(26) character set ascii collate ascii_bin not null,
      sealed varchar(400) character set ascii collate ascii_bin not null,
      made_at datetime(3) not null,
      ends_at datetime(3) null,
      primary key (id),
      key webhook_secret_webhook (webhook_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
