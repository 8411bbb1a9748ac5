import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table content_use (
      specialty varchar(60) not null,
      document_id varchar(26) character set ascii collate ascii_bin not null,
      sends int not null,
      primary key (specialty, document_id),
      key content_use_rank (specialty, sends)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
