import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person (
      id varchar(26) character set ascii collate ascii_bin not null,
      wecom_user_id varchar(64) not null,
      wecom_user_key varchar(64) not null,
      name varchar(80) not null,
      name_en varchar(80) not null default '',
      status varchar(20) not null,
      employment_proved_at datetime(3) null,
      left_at datetime(3) null,
      filing_number varchar(60) null,
      filed_until datetime(3) null,
      created_at datetime(3) not null,
      primary key (id),
      unique key person_wecom (wecom_user_key)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
