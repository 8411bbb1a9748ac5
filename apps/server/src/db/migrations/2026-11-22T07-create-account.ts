import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account (
      id varchar(26) character set ascii collate ascii_bin not null,
      name varchar(80) not null,
      name_search varchar(200) not null,
      title varchar(40) not null,
      post varchar(40) not null default '',
      hospital_id varchar(26) character set ascii collate ascii_bin not null,
      department varchar(80) not null,
      specialty varchar(60) not null,
      territory varchar(40) not null,
      hcp_verified tinyint not null,
      licence_number varchar(60) null,
      active tinyint not null,
      paused_until datetime(3) null,
      created_at datetime(3) not null,
      primary key (id),
      key account_territory (territory, name_search),
      key account_name (name)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
