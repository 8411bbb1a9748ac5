import { sql, type Kysely } from 'kysely'

/** One row: where the index begins and ends, and by which terms it was built. Its lock lets one writer at a time in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table search_index (
      id int not null,
      grams_version int not null,
      first_block int not null,
      next_place int not null,
      primary key (id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
