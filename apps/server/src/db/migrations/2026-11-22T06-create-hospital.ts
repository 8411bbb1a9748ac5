import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table hospital (
      id varchar(26) character set ascii collate ascii_bin not null,
      name varchar(120) not null,
      short_name varchar(60) not null,
      name_en varchar(120) not null default '',
      grade varchar(20) not null default '',
      city varchar(40) not null default '',
      primary key (id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
