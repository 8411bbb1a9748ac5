import { loadStanding } from './consents/load-standing.ts'
import { serveWelcomes } from './contacts/welcome/serve-welcomes.ts'
import type { Deps } from './deps.ts'
import type { Job } from './job.ts'
import { proveEmployed } from './people/prove-employment.ts'
import { appendFact } from './sends/append-fact.ts'
import { openGate } from './sends/authorise-send.ts'

/** Says hello to new contacts with what the rooms that send, consent and know people give it. */
export const serveWelcomesNow = (deps: Deps): Promise<void> =>
  serveWelcomes(deps, {
    gate: openGate(deps),
    appendFact,
    proveEmployed: (rep) => proveEmployed(deps, rep),
    async hasAgreed(accountId) {
      const standings = await loadStanding(deps.db, accountId, deps.now())
      return standings.find(({ purpose }) => purpose === 'receive')?.standing.state === 'opted_in'
    },
  })

/** WeCom takes a welcome for 20 s. */
export const welcomeJob: Job = { name: 'serve-welcomes', everyMs: 500, asksWecom: true, work: serveWelcomesNow }
