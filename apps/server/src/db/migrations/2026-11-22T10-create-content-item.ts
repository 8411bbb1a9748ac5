import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table content_item (
      id varchar(26) character set ascii collate ascii_bin not null,
      document_id varchar(26) character set ascii collate ascii_bin not null,
      version int not null,
      kind varchar(20) not null,
      class varchar(20) not null,
      product varchar(40) not null,
      market varchar(20) not null,
      language varchar(10) not null,
      audience varchar(400) not null default '',
      ways varchar(80) not null,
      title varchar(200) not null,
      short_title varchar(120) not null default '',
      search_text varchar(2000) not null default '',
      card_title varchar(200) not null,
      card_desc varchar(600) not null,
      card_hash char(64) character set ascii collate ascii_bin null,
      approval_number varchar(60) not null default '',
      state varchar(20) not null,
      effective_at datetime(3) null,
      expires_at datetime(3) null,
      ended_at datetime(3) null,
      withdrawn_reason varchar(300) null,
      superseded_by varchar(26) character set ascii collate ascii_bin null,
      file_hash char(64) character set ascii collate ascii_bin null,
      approved_hash char(64) character set ascii collate ascii_bin null,
      file_bytes bigint not null default 0,
      file_name varchar(200) not null default '',
      mime varchar(80) not null default '',
      page_count int not null default 0,
      seconds int not null default 0,
      body mediumtext not null,
      may_forward tinyint not null default 0,
      published_at datetime(3) not null,
      listed_until datetime(3) not null,
      created_at datetime(3) not null,
      primary key (id),
      unique key content_item_version (document_id, version),
      key content_item_list (market, published_at desc, id desc, product, listed_until),
      key content_item_class (class, market, published_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
