import type { Deps } from '../deps.ts'

/** Lets links, tickets and cookies of earlier keys count. A key that cannot be opened is left out. */
export async function loadKeptKeys({ db, secrets }: Pick<Deps, 'db' | 'secrets'>): Promise<number> {
  const rows = await db.selectFrom('keptKey').select(['proves', 'sealedKey']).execute()
  const given = rows.flatMap(({ proves, sealedKey }) => {
    try {
      return [{ use: proves, key: Buffer.from(secrets.unseal(sealedKey), 'base64') }]
    } catch {
      return [] // sealed with a key that nobody has any more
    }
  })
  secrets.keep(given)
  return rows.length - given.length
}
