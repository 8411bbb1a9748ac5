import { sql, type Kysely } from 'kysely'

/** Codes by which doctors add reps. `own_of` keeps a rep's own code the only one; `run_at` is when WeCom is to be asked next. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contact_code (
      id varchar(26) character set ascii collate ascii_bin not null,
      request_id varchar(36) character set ascii collate ascii_bin not null,
      kind varchar(20) not null,
      own_of varchar(26) character set ascii collate ascii_bin null,
      name varchar(60) not null,
      language varchar(10) not null,
      wording varchar(600) not null default '',
      remark varchar(30) not null default '',
      style int null,
      skip_verify tinyint not null,
      temporary tinyint not null,
      code_days int null,
      chat_hours int null,
      days varchar(7) character set ascii collate ascii_bin not null default '',
      from_minute int null,
      until_minute int null,
      revision int not null,
      life varchar(20) not null,
      problem varchar(40) not null default '',
      errcode int null,
      config_id varchar(64) character set ascii collate ascii_bin null,
      picture_hash char(64) character set ascii collate ascii_bin null,
      told_revision int null,
      told_users varchar(8000) not null default '',
      asked_at datetime(3) null,
      attempts int not null default 0,
      run_at datetime(3) null,
      made_at datetime(3) null,
      checked_at datetime(3) null,
      ends_at datetime(3) null,
      ended_at datetime(3) null,
      created_by varchar(26) character set ascii collate ascii_bin not null,
      created_at datetime(3) not null,
      primary key (id),
      unique key contact_code_request (request_id),
      unique key contact_code_own (own_of),
      key contact_code_list (created_at, id),
      key contact_code_config (config_id),
      key contact_code_due (run_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
