import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contact_follow (
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      external_user_id varchar(64) character set ascii collate ascii_bin not null,
      remark varchar(120) not null default '',
      following tinyint not null,
      proved_at datetime(3) null,
      ended_at datetime(3) null,
      primary key (rep_id, external_user_id),
      key contact_follow_external (external_user_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
