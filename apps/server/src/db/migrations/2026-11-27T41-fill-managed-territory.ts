import { sql, type Kysely } from 'kysely'

/** What a manager looks at stood among the territories of reps until now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into managed_territory (person_id, territory)
    select rep_territory.rep_id, rep_territory.territory from rep_territory
      join person_role on person_role.person_id = rep_territory.rep_id and person_role.role = 'manager'
  `.execute(db)
}
