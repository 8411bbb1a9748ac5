import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import type { Config } from '../config.ts'
import { createDeps } from '../create-deps.ts'
import { grantApplication } from '../db/migrate.ts'
import { createApp } from '../http/app.ts'
import { dropAccount, type Accounts } from './accounts.ts'
import { wordsOf } from './tell.ts'

/** Checks of the system check that a release has to pass before it is let in; the others tell of the surroundings. */
const needed = ['data.connection', 'data.migrations', 'data.grants']

/**
 * Serves this release to nobody but itself and asks how it is, through an account with exactly the application's rights: the
 * application's own is locked meanwhile. Jobs do not run. Returns what is wrong.
 */
export async function checkRelease(accounts: Accounts, config: Config): Promise<string[]> {
  const account = new URL(accounts.applicationUrl)
  account.username = `vouch_check_${randomBytes(4).toString('hex')}`
  account.password = randomBytes(24).toString('base64url')
  await grantApplication(accounts.ownerUrl, account.href)
  const deps = createDeps(
    { ...config, DATABASE_URL: account.href },
    { log: pino({ level: 'silent' }), renderer: '' }, // nothing is drawn for a check
  )
  const { app } = createApp(deps, { folders: { sidebar: '', console: '' } })
  const server = createServer(app.callback()).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    return await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } catch (fault) {
    return [wordsOf(fault)]
  } finally {
    server.closeAllConnections()
    server.close()
    await deps.db.destroy()
    await dropAccount(accounts.ownerUrl, account.href)
  }
}

async function ask(url: string): Promise<string[]> {
  const ready = await fetch(`${url}/readyz`)
  const details = await fetch(`${url}/healthz/details`)
  const { checks } = (await details.json()) as { checks: { check: string; outcome: string }[] }
  const outcomes = new Map(checks.map(({ check, outcome }) => [check, outcome]))
  const bad = needed.filter((check) => (outcomes.get(check) ?? 'not_asked') === 'fault')
  return ready.ok ? bad : [`/readyz ${ready.status} ${await ready.text()}`, ...bad]
}
