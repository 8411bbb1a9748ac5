import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table link_revocation (
      send_id varchar(26) character set ascii collate ascii_bin not null,
      revoked_by varchar(26) character set ascii collate ascii_bin not null,
      revoked_at datetime(3) not null,
      primary key (send_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
