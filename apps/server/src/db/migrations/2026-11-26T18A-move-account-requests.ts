import { sql, type Kysely } from 'kysely'

/** What was asked for before is a change like any other. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert ignore into account_change
      (id, request_id, rep_id, kind, external_user_id, name, hospital, note, life, open_for, asked_at)
    select id, id, rep_id, 'new', external_user_id, name, hospital, note,
      if(state = 'waiting', 'waiting', 'declined'),
      if(state = 'waiting', concat(rep_id, ' ', external_user_id), null), requested_at
    from account_request
  `.execute(db)
}
