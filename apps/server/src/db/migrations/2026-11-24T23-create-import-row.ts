import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table import_row (
      run_id varchar(26) character set ascii collate ascii_bin not null,
      number int not null,
      outcome varchar(20) not null,
      field varchar(40) not null default '',
      problem varchar(60) not null default '',
      document_id varchar(26) character set ascii collate ascii_bin null,
      raw text not null,
      primary key (run_id, number)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
