import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rep_group_member (
      code varchar(40) not null,
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      primary key (code, rep_id),
      key rep_group_member_rep (rep_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
