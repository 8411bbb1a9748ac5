import { sql, type Kysely } from 'kysely'

/** What became of each row, when the list was looked at and when it was written. `notes` says what was left as it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account_import_row (
      run_id varchar(26) character set ascii collate ascii_bin not null,
      stage varchar(20) not null,
      number int not null,
      line int not null,
      outcome varchar(20) not null,
      field varchar(40) not null default '',
      problem varchar(40) not null default '',
      notes varchar(300) not null default '',
      account_id varchar(26) character set ascii collate ascii_bin null,
      primary key (run_id, stage, number),
      key account_import_row_outcome (run_id, stage, outcome, number)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
