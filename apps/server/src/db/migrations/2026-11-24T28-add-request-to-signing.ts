import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table signing
      add column request_id char(36) character set ascii collate ascii_bin not null,
      add column renews_until datetime(3) null,
      add unique key signing_request (person_id, request_id)
  `.execute(db)
}
