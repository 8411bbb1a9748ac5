import { sql, type Kysely } from 'kysely'

/** An earlier consent that was brought in without evidence: a claim, never a yes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consent_claim (
      account_id varchar(26) character set ascii collate ascii_bin not null,
      purpose varchar(20) not null,
      row_hash char(64) character set ascii collate ascii_bin not null,
      claimed varchar(20) not null,
      stated_at datetime(3) null,
      source varchar(400) not null default '',
      run_id varchar(26) character set ascii collate ascii_bin not null,
      brought_in_at datetime(3) not null,
      primary key (account_id, purpose, row_hash),
      key consent_claim_run (run_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
