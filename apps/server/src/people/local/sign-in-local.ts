import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Device } from '../../db/tables/people.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { SecondFactor } from '../finish-proof.ts'
import type { Sessions } from '../sessions.ts'
import { countAttempt, forgetAttempts, type Budget } from './attempts.ts'
import { findLocalLogin, nameKeyOf, spendCode } from './local-queries.ts'
import { usePasskey, weighPasskey } from './passkeys/show-passkey.ts'
import { isPassword } from './passwords.ts'
import { tellLocal } from './tell-local.ts'

type Came = {
  device: Device
  /** Where they come from, as the limits know it; it is not kept. */
  address: string
  /** Whoever got in from this browser before, as its cookie proves. */
  knownAs: string | undefined
}

/** A code that is good once, or a passkey with the secret of the browser that was asked for it. */
type Second = { code: string } | { passkey: string; browserToken: string }
export type AskedSignIn = { name: string; password: string; second: Second }

/**
 * A name, a password and a second factor that counts once. An unknown name, a wrong password and a wrong code get the same
 * answer after the same time. A browser from which somebody got in before has tries of its own, which strangers cannot use up.
 */
export async function signInLocal(
  deps: Deps,
  sessions: Sessions,
  asked: AskedSignIn & Came,
): Promise<{ token: string; personId: string }> {
  const nameKey = nameKeyOf(asked.name)
  const login = await findLocalLogin(deps.db, nameKey)
  const isKnown = login !== undefined && asked.knownAs === login.personId
  const budgets = budgetsOf(asked, nameKey, isKnown)
  await countAttempt(deps, budgets)
  const right = await isPassword(asked.password, login?.passwordHash)
  const personId = login && right && login.status === 'active' ? await enter(deps, login, asked.second) : undefined
  if (!personId) {
    await recordRefused(deps, login?.personId ?? 'unknown')
    throw new AppError('wrong_login')
  }
  await forgetAttempts(deps, budgets)
  return { personId, token: await sessions.open(personId, 'console', { way: 'local', device: asked.device }) }
}

function budgetsOf({ address }: Came, nameKey: string, isKnown: boolean): Budget[] {
  if (isKnown) return [{ about: `known browser ${nameKey}`, tries: 10 }]
  return [
    { about: `address ${address}`, tries: 30 },
    { about: `name at address ${address} ${nameKey}`, tries: 5 },
    { about: `name ${nameKey}`, tries: 20 },
  ]
}

type Login = NonNullable<Awaited<ReturnType<typeof findLocalLogin>>>

async function enter(deps: Deps, login: Login, second: Second): Promise<string | undefined> {
  const { personId, name } = login
  const show = await readSecond(deps, login, second)
  return transact(deps.db, async (trx) => {
    const at = deps.now()
    const shown = await show(trx, at)
    if (!shown) return undefined
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: personId }, at, {
      ...{ event: 'local.signed_in', subjectId: personId, detail: shown },
    })
    await tellLocal(trx, deps, {
      ...{ personId, subjectId: deps.newId(), at, title: '本地管理员登录' },
      text: `${name} 用本地账号登录了控制台${withWhat[shown.by]}。不是你们安排的话，请马上处理。`,
    })
    return personId
  })
}

const withWhat: Record<SecondFactor, string> = { totp: '', recovery: '，用的是恢复码', passkey: '，用的是通行密钥' }

type Shown = { by: SecondFactor; passkeyId?: string }

/** What spends this second factor; whatever takes long is done before a transaction is open. */
async function readSecond(
  deps: Deps,
  { personId, codeSealed }: Login,
  second: Second,
): Promise<(trx: Transaction<Database>, at: Date) => Promise<Shown | null>> {
  if ('code' in second) {
    const secret = deps.secrets.unseal(codeSealed)
    return async (trx, at) => {
      const by = await spendCode(trx, { personId, secret, code: second.code, at })
      return by && { by }
    }
  }
  const shown = await weighPasskey(deps, personId, second.passkey)
  return async (trx, at) => {
    const attempt = { to: 'sign_in' as const, from: second.browserToken }
    const passkeyId = await usePasskey(trx, deps, { shown, attempt, at })
    return passkeyId === null ? null : { by: 'passkey', passkeyId }
  }
}

function recordRefused(deps: Deps, subjectId: string): Promise<void> {
  return transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'system', id: 'sign-in' }, deps.now(), {
      ...{ event: 'local.sign_in_refused', subjectId },
    }),
  )
}
