import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table contact_follow
      add column half_at datetime(3) null,
      add column began_at datetime(3) null,
      add column add_way smallint null,
      add column scan_state varchar(64) not null default '',
      add column end_reason varchar(20) null,
      add key contact_follow_proof (rep_id, following, proved_at)
  `.execute(db)
}
