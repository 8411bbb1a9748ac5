import { badSession, VaultError } from './errors.ts'
import type { VaultAnswer, VaultRequest } from './answer.ts'
import { countLogin } from './limits.ts'
import { newSessionId, otherVaultId, type VaultSession, type VaultSite } from './site.ts'

const hardStopMs = 48 * 3_600_000

/** `POST /auth`. A user who may not use this vault gets a session of another one, and SUCCESS (1.2). */
export function signIn(site: VaultSite, { form, host }: VaultRequest): VaultAnswer {
  const { delayMs } = countLogin(site)
  const refuse = (type: string, message: string) =>
    new VaultError(type, message, { errorType: 'AUTHENTICATION_FAILED' })
  if (!form.get('password')) throw refuse('NO_PASSWORD_PROVIDED', 'Password is empty.')
  if (form.get('username') !== site.user || form.get('password') !== site.password)
    throw refuse('USERNAME_OR_PASSWORD_INCORRECT', 'Sign-in data not accepted.')
  const vaultId = site.switches.otherVault ? otherVaultId : site.vaultId
  const session: VaultSession = { id: newSessionId(), startedAt: site.now(), usedAt: site.now(), vaultId }
  site.sessions.set(session.id, session)
  const crm = { id: otherVaultId, name: 'Vault CRM CN', url: 'https://crm.vault.example/api' }
  const here = { id: site.vaultId, name: 'PromoMats CN', url: `${host}/api` }
  const vaultIds = site.switches.otherVault ? [crm] : [here, crm]
  const body = { responseStatus: 'SUCCESS', sessionId: session.id, userId: 30_417, vaultIds, vaultId }
  return { body, delayMs }
}

/** Bare or behind `Bearer`; both are taken. Any call resets the idle time; after 48 h a session ends all the same. */
export function checkSession(site: VaultSite, authorization: string): VaultSession {
  const session = site.sessions.get(authorization.replace(/^Bearer /i, ''))
  if (!session) throw badSession()
  const now = site.now()
  if (now - session.usedAt > site.switches.idleMinutes * 60_000 || now - session.startedAt > hardStopMs) {
    site.sessions.delete(session.id)
    throw badSession()
  }
  session.usedAt = now
  return session
}

export function keepAlive(): VaultAnswer {
  return { body: { responseStatus: 'SUCCESS' } }
}

export function signOut(site: VaultSite, { authorization }: VaultRequest): VaultAnswer {
  site.sessions.delete(authorization.replace(/^Bearer /i, ''))
  return { body: { responseStatus: 'SUCCESS' } }
}

export function whoAmI(site: VaultSite): VaultAnswer {
  const user = { id: 30_417, user_name__v: site.user, user_language__v: 'en', active__v: true }
  return { body: { responseStatus: 'SUCCESS', users: [{ user }] } }
}
