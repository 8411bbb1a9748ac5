import { sql, type Kysely } from 'kysely'

/** Two accounts that may be one doctor, why, and what a person said of it. The smaller id stands first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account_pair (
      one_id varchar(26) character set ascii collate ascii_bin not null,
      other_id varchar(26) character set ascii collate ascii_bin not null,
      reasons varchar(200) not null,
      points int not null,
      found_at datetime(3) not null,
      settled varchar(20) null,
      settled_by varchar(26) character set ascii collate ascii_bin null,
      settled_at datetime(3) null,
      reason varchar(300) not null default '',
      primary key (one_id, other_id),
      key account_pair_other (other_id),
      key account_pair_open (settled, points, one_id, other_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
