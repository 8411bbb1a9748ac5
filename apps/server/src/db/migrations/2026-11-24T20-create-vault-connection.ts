import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table vault_connection (
      id int not null,
      mapping longtext not null,
      brake_per_minute int not null,
      cursor_at varchar(30) not null default '',
      full_at datetime(3) null,
      cycle_at datetime(3) null,
      problem varchar(200) null,
      braked_at datetime(3) null,
      brake_reason varchar(200) not null default '',
      session_sealed text null,
      changed_by varchar(26) character set ascii collate ascii_bin null,
      changed_at datetime(3) not null,
      primary key (id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
