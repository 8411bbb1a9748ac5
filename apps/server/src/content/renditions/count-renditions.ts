import type { Deps } from '../../deps.ts'

/** Files whose pages are asked for and not yet drawn. */
export async function countRenditions({ db }: Deps): Promise<number> {
  const { waiting } = await db
    .selectFrom('rendition')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('state', 'in', ['waiting', 'drawing'])
    .executeTakeFirstOrThrow()
  return Number(waiting)
}
