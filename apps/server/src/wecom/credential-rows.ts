import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import type { CredentialName } from './credentials.ts'

/** `value` is undefined when there is none, it ended, or it was sealed for another app or with another key. */
export type CredentialRow = {
  name: CredentialName
  value: string | undefined
  sealedValue: string
  expiresAt: Date
  blockedUntil: Date
  problem: string | null
}

/** Longer than a fetch can take with its own time limits. */
const leaseMs = 20_000
const never = new Date(0)

/** The shared rows of `wecom_credential`; values are sealed together with the app they belong to. */
export function createCredentialRows({ db, secrets, now, config }: Pick<Deps, 'db' | 'secrets' | 'now' | 'config'>) {
  const owner = `${config.WECOM_CORP_ID} ${config.WECOM_AGENT_ID} `

  async function load(name: CredentialName): Promise<CredentialRow> {
    const row = await find(name)
    if (row) return { ...row, name, value: row.expiresAt > now() ? open(row.sealedValue) : undefined }
    const empty = { sealedValue: '', expiresAt: never, blockedUntil: never, problem: null }
    // Several instances that begin at once may deadlock over the row none of them found.
    await transact(db, (trx) =>
      trx
        .insertInto('wecomCredential')
        .ignore()
        .values({ name, ...empty, refreshingBy: null, refreshingUntil: never })
        .execute(),
    )
    return { name, value: undefined, ...empty }
  }

  function find(name: CredentialName) {
    return db
      .selectFrom('wecomCredential')
      .select(['sealedValue', 'expiresAt', 'blockedUntil', 'problem'])
      .where('name', '=', name)
      .executeTakeFirst()
  }

  function open(sealed: string): string | undefined {
    try {
      const text = secrets.unseal(sealed)
      return text.startsWith(owner) ? text.slice(owner.length) : undefined
    } catch {
      return undefined
    }
  }

  /**
   * Takes the right to fetch, if nobody has it and nothing changed since `row` was read. `ends` says that what is stored
   * is no longer good, so that all others wait for the next one.
   */
  async function lease(row: CredentialRow, by: string, { ends }: { ends: boolean }): Promise<boolean> {
    const at = now()
    const taken = await db
      .updateTable('wecomCredential')
      .set({ refreshingBy: by, refreshingUntil: new Date(at.getTime() + leaseMs) })
      .$if(ends, (update) => update.set({ expiresAt: at }))
      .where('name', '=', row.name)
      .where('sealedValue', '=', row.sealedValue)
      .where('refreshingUntil', '<=', at)
      .where('blockedUntil', '<=', at)
      .executeTakeFirst()
    return taken.numUpdatedRows === 1n
  }

  async function store(
    name: CredentialName,
    by: string,
    kept: { value: string; expiresAt: Date; blockedUntil: Date },
  ): Promise<void> {
    await db
      .updateTable('wecomCredential')
      .set({
        sealedValue: secrets.seal(owner + kept.value),
        expiresAt: kept.expiresAt,
        blockedUntil: kept.blockedUntil,
      })
      .set({ problem: null, refreshingBy: null, refreshingUntil: now() })
      .where('name', '=', name)
      .where('refreshingBy', '=', by)
      .execute()
  }

  async function block(name: CredentialName, by: string, problem: string, blockedUntil: Date): Promise<void> {
    await db
      .updateTable('wecomCredential')
      .set({ problem, blockedUntil, refreshingBy: null, refreshingUntil: now() })
      .where('name', '=', name)
      .where('refreshingBy', '=', by)
      .execute()
  }

  return { load, lease, store, block }
}
