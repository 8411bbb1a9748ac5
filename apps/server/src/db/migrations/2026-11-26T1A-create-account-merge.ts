import { sql, type Kysely } from 'kysely'

/** Two records of one doctor that a person put together; `was` is what the survivor and the other one were before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account_merge (
      id varchar(26) character set ascii collate ascii_bin not null,
      survivor_id varchar(26) character set ascii collate ascii_bin not null,
      merged_id varchar(26) character set ascii collate ascii_bin not null,
      reason varchar(300) not null,
      was json not null,
      merged_by varchar(26) character set ascii collate ascii_bin not null,
      merged_at datetime(3) not null,
      request_id varchar(36) character set ascii collate ascii_bin not null,
      undone_by varchar(26) character set ascii collate ascii_bin null,
      undone_at datetime(3) null,
      undo_reason varchar(300) not null default '',
      primary key (id),
      unique key account_merge_request (merged_by, request_id),
      key account_merge_survivor (survivor_id, id),
      key account_merge_merged (merged_id, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
