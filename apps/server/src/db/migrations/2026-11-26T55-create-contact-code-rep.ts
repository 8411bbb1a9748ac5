import { sql, type Kysely } from 'kysely'

/** Whom a code leads to, in their order; backups take over outside the hours and when no other is left. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contact_code_rep (
      code_id varchar(26) character set ascii collate ascii_bin not null,
      rep_id varchar(26) character set ascii collate ascii_bin not null,
      part varchar(10) not null,
      place int not null,
      primary key (code_id, rep_id),
      key contact_code_rep_rep (rep_id, code_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
