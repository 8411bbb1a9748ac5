import { sql, type Kysely } from 'kysely'

/** How a doctor wants to be sent less; the pause stands with the account. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account_wish (
      account_id varchar(26) character set ascii collate ascii_bin not null,
      unwanted varchar(2000) character set ascii collate ascii_bin not null default '',
      most_per_month int null,
      quiet_from int null,
      quiet_until int null,
      revision int not null,
      changed_at datetime(3) not null,
      primary key (account_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
