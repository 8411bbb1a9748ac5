import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table wecom_credential (
      name varchar(20) not null,
      sealed_value varchar(2000) not null,
      expires_at datetime(3) not null,
      refreshing_by varchar(26) character set ascii collate ascii_bin null,
      refreshing_until datetime(3) not null,
      blocked_until datetime(3) not null,
      problem varchar(40) null,
      primary key (name)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
