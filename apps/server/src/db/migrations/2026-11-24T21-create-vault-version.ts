import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table vault_version (
      vault_id bigint not null,
      major int not null,
      minor int not null,
      content_item_id varchar(26) character set ascii collate ascii_bin null,
      state_label varchar(120) not null,
      rendition_hash char(64) character set ascii collate ascii_bin null,
      fields_hash char(64) character set ascii collate ascii_bin null,
      seen_at datetime(3) not null,
      proved_at datetime(3) not null,
      quarantine varchar(40) null,
      quarantined_at datetime(3) null,
      released_by varchar(26) character set ascii collate ascii_bin null,
      released_reason varchar(300) null,
      primary key (vault_id, major, minor),
      key vault_item (content_item_id),
      key vault_proof (proved_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
