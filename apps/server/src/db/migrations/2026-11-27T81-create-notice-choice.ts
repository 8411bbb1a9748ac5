import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notice_choice (
      person_id varchar(26) character set ascii collate ascii_bin not null,
      kind varchar(20) not null,
      pace varchar(10) not null,
      changed_at datetime(3) not null,
      primary key (person_id, kind)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
