import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table favourite (
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      document_id varchar(26) character set ascii collate ascii_bin not null,
      created_at datetime(3) not null,
      primary key (rep_id, document_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
