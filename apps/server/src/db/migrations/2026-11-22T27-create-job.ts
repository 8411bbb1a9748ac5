import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table job (
      name varchar(40) not null,
      owner varchar(26) character set ascii collate ascii_bin null,
      owned_until datetime(3) not null,
      run_at datetime(3) not null,
      last_done_at datetime(3) null,
      problem varchar(200) null,
      cursor_value varchar(100) not null default '',
      primary key (name)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
