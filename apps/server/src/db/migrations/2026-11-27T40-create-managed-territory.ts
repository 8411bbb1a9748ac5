import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table managed_territory (
      person_id varchar(26) character set ascii collate ascii_bin not null,
      territory varchar(40) not null,
      primary key (person_id, territory),
      key managed_territory_people (territory, person_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
