import { sql, type Kysely } from 'kysely'

/** How each text came to be; the texts there are already were approved before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent_text_version (
      version int not null,
      purpose varchar(20) not null,
      life varchar(20) not null,
      material tinyint not null,
      change_note varchar(400) not null default '',
      revision int not null default 1,
      author_id varchar(26) character set ascii collate ascii_bin null,
      created_at datetime(3) not null,
      submitted_by varchar(26) character set ascii collate ascii_bin null,
      submitted_at datetime(3) null,
      returned_reason varchar(500) null,
      approved_by varchar(26) character set ascii collate ascii_bin null,
      approved_at datetime(3) null,
      signed_hash char(64) character set ascii collate ascii_bin null,
      statement mediumtext null,
      active_from datetime(3) null,
      request_id varchar(36) character set ascii collate ascii_bin null,
      primary key (version),
      unique key consent_text_version_request (request_id),
      key consent_text_version_purpose (purpose, version),
      key consent_text_version_life (life, version)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
    select version, 'receive' as purpose, 'approved' as life, max(material) as material,
      min(active_from) as created_at, min(active_from) as approved_at, min(active_from) as active_from
    from consent_text group by version
  `.execute(db)
}
