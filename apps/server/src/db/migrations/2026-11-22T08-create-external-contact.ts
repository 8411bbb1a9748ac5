import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table external_contact (
      external_user_id varchar(64) character set ascii collate ascii_bin not null,
      nickname varchar(120) not null,
      account_id varchar(26) character set ascii collate ascii_bin null,
      matched_by varchar(26) character set ascii collate ascii_bin null,
      matched_at datetime(3) null,
      created_at datetime(3) not null,
      primary key (external_user_id),
      key external_contact_account (account_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
