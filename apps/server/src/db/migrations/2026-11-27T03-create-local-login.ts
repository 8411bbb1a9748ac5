import { sql, type Kysely } from 'kysely'

/** How a local administrator signs in without WeCom. `code_step` is the newest one-time code that was spent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table local_login (
      person_id varchar(26) character set ascii collate ascii_bin not null,
      name_key varchar(60) not null,
      password_hash varchar(200) character set ascii collate ascii_bin not null,
      code_sealed varchar(200) character set ascii collate ascii_bin not null,
      code_step bigint not null,
      set_up_at datetime(3) not null,
      announced_until datetime(3) not null,
      primary key (person_id),
      unique key local_login_name (name_key)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
