import type { Deps } from '../deps.ts'
import type { VaultSession } from './session.ts'

export type SessionRow = {
  load: () => Promise<VaultSession | undefined>
  store: (session: VaultSession) => Promise<void>
}

/** The session in `vault_connection`, sealed together with whom it belongs to. Without that row it is kept in memory only. */
export function createSessionRow({ db, secrets, config }: Pick<Deps, 'db' | 'secrets' | 'config'>): SessionRow {
  const owner = `${config.VAULT_URL ?? ''} ${config.VAULT_USER ?? ''} `
  return {
    async load() {
      const row = await db.selectFrom('vaultConnection').select('sessionSealed').where('id', '=', 1).executeTakeFirst()
      const plain = row?.sessionSealed ? unseal(row.sessionSealed) : ''
      if (!plain.startsWith(owner)) return undefined
      const [vaultId = '', id = ''] = plain.slice(owner.length).split(' ')
      return { id, vaultId: Number(vaultId) }
    },
    async store({ id, vaultId }) {
      const sessionSealed = secrets.seal(`${owner}${vaultId} ${id}`)
      await db.updateTable('vaultConnection').set({ sessionSealed }).where('id', '=', 1).execute()
    },
  }

  function unseal(sealed: string): string {
    try {
      return secrets.unseal(sealed)
    } catch {
      return '' // sealed with another key
    }
  }
}
