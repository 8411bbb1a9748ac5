import { sql, type Kysely } from 'kysely'

/** Which places of a block have a term. The block comes first: pieces indexed together change neighbouring rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table search_block (
      block int not null,
      term varchar(60) not null,
      zone tinyint not null,
      places varbinary(1024) not null,
      primary key (block, term, zone)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
