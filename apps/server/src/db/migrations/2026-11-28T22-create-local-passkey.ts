import { sql, type Kysely } from 'kysely'

/** Passkeys of local administrators: the public half, and how often the device says that it was used. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table local_passkey (
      id varchar(26) character set ascii collate ascii_bin not null,
      person_id varchar(26) character set ascii collate ascii_bin not null,
      credential_id varchar(1400) character set ascii collate ascii_bin not null,
      public_key varchar(2000) character set ascii collate ascii_bin not null,
      counter bigint not null,
      name varchar(40) not null,
      added_at datetime(3) not null,
      used_at datetime(3) null,
      primary key (id),
      unique key local_passkey_credential (credential_id),
      key local_passkey_person (person_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin
  `.execute(db)
}
