import type { Deps } from '../deps.ts'
import type { WecomCredentialTable } from '../db/tables/system.ts'
import { AppError } from '../errors.ts'
import { createCredentialRows, type CredentialRow } from './credential-rows.ts'
import { refusalClass, WeComRefusal } from './wecom-refusal.ts'

export type CredentialName = WecomCredentialTable['name']
export const credentialNames: CredentialName[] = ['access_token', 'corp_ticket', 'app_ticket']

/** `livesMs` as WeCom says, from the moment it was asked. */
export type Fetched = { value: string; livesMs: number }
export type Credentials = ReturnType<typeof createCredentials>

const believedMs = 5_000
const aheadMs = 10 * 60_000
const aheadAgainMs = 5 * 60_000
/** A replaced credential is not replaced again for this long, should WeCom go on to refuse the new one. */
const replacedRestMs = 10_000
const waits = { times: 30, everyMs: 100 }
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

type Needs = Pick<Deps, 'db' | 'secrets' | 'now' | 'newId' | 'log' | 'config'> & {
  fetch: (name: CredentialName) => Promise<Fetched>
}

/**
 * Access token and tickets, shared by all instances through one row each. Whoever takes the lease in the row fetches;
 * all others wait for the result, at most 3 s. A refused secret is tried once a minute by the whole deployment.
 */
export function createCredentials({ fetch, ...deps }: Needs) {
  const { now, newId, log } = deps
  const rows = createCredentialRows(deps)
  const believed = new Map<CredentialName, { value: string; expiresAt: Date; until: number }>()
  const underWay = new Map<string, Promise<string>>()
  const aheadRests = new Map<CredentialName, number>()

  /** The credential, from memory for up to 5 s. */
  function value(name: CredentialName): Promise<string> {
    const known = believed.get(name)
    const at = now().getTime()
    if (known && known.until > at && known.expiresAt.getTime() > at) return Promise.resolve(known.value)
    return shared(name, name, undefined)
  }

  /** Another one than `failed`, which WeCom refused although its time was not over. */
  function replace(name: CredentialName, failed: string): Promise<string> {
    if (believed.get(name)?.value === failed) believed.delete(name)
    return shared(`${name} ${failed}`, name, failed)
  }

  /** Callers of one instance wait together. */
  function shared(key: string, name: CredentialName, failed: string | undefined): Promise<string> {
    const running = underWay.get(key)
    if (running) return running
    const started = obtain(name, failed).finally(() => underWay.delete(key))
    underWay.set(key, started)
    return started
  }

  async function obtain(name: CredentialName, failed: string | undefined): Promise<string> {
    for (let waited = 0; waited < waits.times; waited += 1) {
      const row = await rows.load(name)
      if (row.value !== undefined && row.value !== failed) return believe(name, row.value, row.expiresAt)
      if (row.blockedUntil > now()) throw unavailable(row.blockedUntil.getTime() - now().getTime())
      const lease = newId()
      if (await rows.lease(row, lease, { ends: true }))
        return renew(row, lease, failed === undefined ? 0 : replacedRestMs)
      await pause(waits.everyMs * (0.5 + Math.random()))
    }
    throw unavailable(1_000)
  }

  /** Fetches under the lease and tells the others what came of it. */
  async function renew(row: CredentialRow, lease: string, restMs: number): Promise<string> {
    const askedAt = now()
    let fetched: Fetched
    try {
      fetched = await fetch(row.name)
    } catch (fault) {
      const { problem, blockMs } = judge(fault, row.problem)
      await rows.block(row.name, lease, problem, new Date(now().getTime() + blockMs))
      tell(row.name, problem, blockMs, fault)
      throw unavailable(blockMs)
    }
    const expiresAt = new Date(askedAt.getTime() + fetched.livesMs)
    await rows.store(row.name, lease, {
      value: fetched.value,
      expiresAt,
      blockedUntil: new Date(now().getTime() + restMs),
    })
    log.info({ credential: row.name, expiresAt }, 'fetched a credential from WeCom')
    return believe(row.name, fetched.value, expiresAt)
  }

  function believe(name: CredentialName, value: string, expiresAt: Date): string {
    believed.set(name, { value, expiresAt, until: now().getTime() + believedMs })
    return value
  }

  function tell(credential: CredentialName, problem: Problem, blockMs: number, fault: unknown): void {
    const errcode = fault instanceof WeComRefusal ? fault.errcode : undefined
    const about = { credential, problem, errcode, nextTrySeconds: blockMs / 1000 }
    if (problem === 'wrong_secret')
      log.error(
        about,
        'WeCom refuses corp id or app secret; compare WECOM_CORP_ID and WECOM_AGENT_SECRET with the app’s page in the WeCom console',
      )
    else if (problem === 'frequency') log.error(about, 'WeCom’s quota for this credential is used up; waiting')
    else log.warn(about, 'no credential from WeCom')
  }

  /** Renews what ends within 10 min, and fetches what is missing, before anybody waits for it. */
  async function refreshAhead(name: CredentialName): Promise<void> {
    const at = now().getTime()
    const row = await rows.load(name)
    const rests = (aheadRests.get(name) ?? 0) > at || row.blockedUntil.getTime() > at
    if (rests || (row.value !== undefined && row.expiresAt.getTime() - at > aheadMs)) return
    const lease = newId()
    if (!(await rows.lease(row, lease, { ends: false }))) return
    aheadRests.set(name, at + aheadAgainMs) // WeCom may give the same one again until its time is over
    await renew(row, lease, 0)
  }

  return { value, replace, refreshAhead }
}

type Problem = 'wrong_secret' | 'frequency' | 'unreachable' | `refused_${number}`

/** How long to leave WeCom alone. A quota's window is a minute or an hour, and the answer does not say which. */
function judge(fault: unknown, before: string | null): { problem: Problem; blockMs: number } {
  const asks = refusalClass(fault)
  if (asks === 'secret') return { problem: 'wrong_secret', blockMs: 60_000 }
  if (asks === 'frequency') return { problem: 'frequency', blockMs: before === 'frequency' ? 15 * 60_000 : 60_000 }
  if (fault instanceof WeComRefusal) return { problem: `refused_${fault.errcode}`, blockMs: 60_000 }
  return { problem: 'unreachable', blockMs: 2_000 }
}

const unavailable = (retryAfterMs: number) => new AppError('wecom_unavailable', { retryAfterMs })
