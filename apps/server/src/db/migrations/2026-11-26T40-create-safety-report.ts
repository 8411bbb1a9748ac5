import { sql, type Kysely } from 'kysely'

/** Reports of adverse reactions as they arrived. The same words under the same request are one report. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table safety_report (
      id varchar(26) character set ascii collate ascii_bin not null,
      request_id char(36) character set ascii collate ascii_bin not null,
      body_hash char(64) character set ascii collate ascii_bin not null,
      receipt varchar(24) character set ascii collate ascii_bin not null,
      aware_at datetime(3) not null,
      happened text not null,
      product varchar(200) not null,
      occurred varchar(100) not null,
      seriousness varchar(12) not null,
      contact varchar(200) not null,
      language varchar(8) not null,
      identity varchar(12) not null,
      external_user_id varchar(64) null,
      account_id varchar(26) character set ascii collate ascii_bin null,
      send_id varchar(26) character set ascii collate ascii_bin null,
      content_item_id varchar(26) character set ascii collate ascii_bin null,
      primary key (id),
      unique key safety_report_once (request_id, body_hash),
      unique key safety_report_receipt (receipt)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
