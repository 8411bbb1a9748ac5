import { sql, type Kysely } from 'kysely'

/** One row, id 1: the company of this installation, as doctors are told it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table company (
      id tinyint not null,
      name varchar(80) not null,
      name_en varchar(80) not null,
      safety_phone varchar(40) not null default '',
      safety_email varchar(120) not null default '',
      privacy_email varchar(120) not null default '',
      primary key (id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
