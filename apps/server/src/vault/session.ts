import * as z from 'zod'
import type { Deps } from '../deps.ts'
import type { SessionRow } from './session-row.ts'
import { VaultRefusal, type Transport } from './transport.ts'
import { VaultFault } from './vault-fault.ts'

const signedIn = z.object({
  sessionId: z.string().min(1).max(2_000),
  vaultId: z.number(),
  vaultIds: z.array(z.object({ id: z.number(), url: z.string() })),
})
export type VaultSession = { id: string; vaultId: number }

/**
 * Our session, shared by all instances through its row. One sign-in is under way at a time. A sign-in that was refused
 * is not repeated until a person asks for it: repeats lock the account.
 */
export function createSession(
  { config, log }: Pick<Deps, 'config' | 'log'>,
  { transport, row }: { transport: Transport; row: SessionRow },
) {
  let known: VaultSession | undefined
  let underWay: Promise<VaultSession> | undefined

  async function renew(failed: string | undefined): Promise<VaultSession> {
    const kept = await row.load()
    known = kept && kept.id !== failed ? kept : await signIn()
    return known
  }

  async function signIn(): Promise<VaultSession> {
    const { VAULT_USER: username = '', VAULT_PASSWORD: password = '' } = config
    const body = await transport
      .ask({ path: '/auth', method: 'POST', form: { username, password } })
      .catch((fault: unknown) => {
        if (!(fault instanceof VaultRefusal)) throw fault
        log.error({ type: fault.type }, 'Vault refuses our sign-in; nothing more is tried until a person asks for it')
        throw new VaultFault('sign_in_stopped', { type: fault.type })
      })
    const session = checkVault(config.VAULT_URL ?? '', body)
    await row.store(session)
    log.info({ vaultId: session.vaultId }, 'signed in to Vault')
    return session
  }

  return {
    /** The session in use; `failed` is one that Vault no longer knows. */
    async value(failed?: string): Promise<VaultSession> {
      if (known && known.id !== failed) return known
      underWay ??= renew(failed).finally(() => (underWay = undefined))
      return underWay
    },
  }
}

/** A user without a right to our vault gets a session of another one, and SUCCESS (1.2). */
function checkVault(configured: string, body: unknown): VaultSession {
  const read = signedIn.safeParse(body)
  if (!read.success) throw new VaultFault('unexpected_answer', { type: 'SIGN_IN' })
  const { sessionId, vaultId, vaultIds } = read.data
  const url = vaultIds.find(({ id }) => id === vaultId)?.url
  if (!url || !URL.canParse(url) || new URL(url).host !== new URL(configured).host) throw new VaultFault('other_vault')
  return { id: sessionId, vaultId }
}
