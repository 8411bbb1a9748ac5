import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person_role (
      person_id varchar(26) character set ascii collate ascii_bin not null,
      role varchar(40) not null,
      until datetime(3) null,
      primary key (person_id, role)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
