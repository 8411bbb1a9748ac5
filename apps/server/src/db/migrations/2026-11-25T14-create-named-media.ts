import { sql, type Kysely } from 'kysely'

/** WeCom keeps a name with a file. Not every engine can change a primary key, so the table is made anew. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table named_media (
      file_hash char(64) character set ascii collate ascii_bin not null,
      kind varchar(10) not null,
      file_name varchar(200) not null default '',
      media_id varchar(300) null,
      uploaded_at datetime(3) null,
      expires_at datetime(3) null,
      wanted_at datetime(3) not null,
      tried_at datetime(3) null,
      attempts int not null default 0,
      problem varchar(60) null,
      primary key (file_hash, kind, file_name),
      key media_expiry (expires_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
