import { sql, type Kysely } from 'kysely'

/** What the office filters sends by, narrow enough to be read through; made from send and fact by a job. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table send_row (
      send_id varchar(26) character set ascii collate ascii_bin not null,
      decided_at datetime(3) not null,
      came_to varchar(24) character set ascii collate ascii_bin not null,
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      account_id varchar(26) character set ascii collate ascii_bin null,
      content_item_id varchar(26) character set ascii collate ascii_bin not null,
      policy_version int not null,
      consent_version int null,
      reasons varchar(500) character set ascii collate ascii_bin not null,
      primary key (send_id),
      key send_row_time (decided_at, send_id),
      key send_row_account (account_id, decided_at, send_id),
      key send_row_rep (rep_id, decided_at, send_id),
      key send_row_piece (content_item_id, decided_at, send_id),
      key send_row_came_to (came_to, decided_at, send_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
