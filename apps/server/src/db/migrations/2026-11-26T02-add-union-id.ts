import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table external_contact
      add column union_id varchar(64) character set ascii collate ascii_bin null,
      add column kind varchar(10) not null default 'wechat',
      add key external_contact_union (union_id)
  `.execute(db)
}
