import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table policy (
      version int not null,
      sends_per_month int not null,
      quiet_from int not null,
      quiet_until int not null,
      same_item_days int not null,
      ask_again_days int not null,
      ticket_seconds int not null,
      unknown_after_seconds int not null,
      employment_proof_minutes int not null,
      contact_proof_hours int not null,
      consent_days int null,
      market varchar(20) not null,
      sign_in_every_time tinyint not null default 0,
      reason varchar(300) not null,
      changed_by varchar(26) character set ascii collate ascii_bin null,
      approved_by varchar(26) character set ascii collate ascii_bin null,
      holds_from datetime(3) not null,
      primary key (version),
      check (same_item_days between 0 and 90)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
