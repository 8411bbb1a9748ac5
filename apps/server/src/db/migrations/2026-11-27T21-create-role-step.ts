import { sql, type Kysely } from 'kysely'

/** Who came to a role and who lost it, when and by whom; what holds now is `person_role`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table role_step (
      id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      role varchar(40) not null,
      what varchar(20) not null,
      until datetime(3) null,
      territories varchar(2100) not null default '',
      at datetime(3) not null,
      proposed_by varchar(26) character set ascii collate ascii_bin null,
      decided_by varchar(26) character set ascii collate ascii_bin null,
      change_id varchar(26) character set ascii collate ascii_bin null,
      reason varchar(300) not null default '',
      primary key (id),
      key role_step_person (person_id, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
