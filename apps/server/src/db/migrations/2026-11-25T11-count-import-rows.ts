import { sql, type Kysely } from 'kysely'

/** Imports of before are counted once; later ones count as they go. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update import_run set
      rows_new = (select count(*) from import_row
        where run_id = import_run.id and number between 1 and import_run.rows_done and outcome = 'new'),
      rows_new_version = (select count(*) from import_row
        where run_id = import_run.id and number between 1 and import_run.rows_done and outcome = 'new_version'),
      rows_changed = (select count(*) from import_row
        where run_id = import_run.id and number between 1 and import_run.rows_done and outcome = 'changed'),
      rows_unchanged = (select count(*) from import_row
        where run_id = import_run.id and number between 1 and import_run.rows_done and outcome = 'unchanged')
  `.execute(db)
}
