import { sql, type Kysely } from 'kysely'

/** How each record of a doctor was when it was counted; where it is another now, its days are counted again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table report_doctor (
      account_id varchar(26) character set ascii collate ascii_bin not null,
      fingerprint char(64) character set ascii collate ascii_bin not null,
      counts tinyint not null,
      hospital_id varchar(26) character set ascii collate ascii_bin not null,
      specialty varchar(60) not null,
      territory varchar(40) not null,
      standing varchar(12) character set ascii collate ascii_bin not null,
      primary key (account_id),
      key report_doctor_standing (territory, counts, standing)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
