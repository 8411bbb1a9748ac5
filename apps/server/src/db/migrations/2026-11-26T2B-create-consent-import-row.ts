import { sql, type Kysely } from 'kysely'

/** What became of each row, when the list was looked at and when it was written. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent_import_row (
      run_id varchar(26) character set ascii collate ascii_bin not null,
      stage varchar(20) not null,
      number int not null,
      line int not null,
      outcome varchar(20) not null,
      field varchar(40) not null default '',
      problem varchar(40) not null default '',
      primary key (run_id, stage, number)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
