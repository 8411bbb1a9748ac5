import { sql, type Kysely } from 'kysely'

/**
 * Where an account's values come from: the company's own code, what a person corrected, how an HCP was verified; and what
 * duplicates are found by. `compare_due` is set until the job has compared it with the others.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account
      add column external_id varchar(60) null,
      add column campus varchar(60) not null default '',
      add column name_sound varchar(120) not null default '',
      add column corrected varchar(200) not null default '',
      add column verified_source varchar(20) null,
      add column verified_at datetime(3) null,
      add column verified_by varchar(26) character set ascii collate ascii_bin null,
      add column revision int not null default 1,
      add column merged_into varchar(26) character set ascii collate ascii_bin null,
      add column compare_due tinyint not null default 1,
      add unique key account_external (external_id),
      add key account_sound (hospital_id, name_sound),
      add key account_licence (licence_number),
      add key account_merged (merged_into),
      add key account_compare (compare_due, id),
      add key account_list (name_sound, id)
  `.execute(db)
}
