import type { Asked, FaultCode, Verdict } from './api.ts'
import { keep, take } from './storage.ts'

/** A fact as it waits: exactly what goes over the wire, and whose it is. */
export type WaitingFact = Omit<Asked<'recordFact'>, 'clientAt'> & {
  clientAt: string
  repId: string
}

export type FactQueue = {
  /** Written down before anything goes over the network. `hold` waits for `release`, or for the next start. */
  add(fact: WaitingFact, hold?: boolean): void
  release(factId: string, seenExternalUserId: string | null): void
  flush(): Promise<void>
  waiting(): readonly WaitingFact[]
  stop(): void
}

type Record = (fact: WaitingFact) => Promise<{ verdict: Verdict }>

const key = 'vouch.facts'
/** Answers after which repeating is pointless (assurance.md 2.4 rules 4 and 5). */
const forGood = new Set<FaultCode>([
  'not_found',
  'send_not_found',
  'digest_mismatch',
  'request_id_reused',
  'ticket_expired',
])
const firstPauseMs = 1_000
const longestPauseMs = 60_000
/** The server takes late facts for thirty days. */
const keptForMs = 30 * 24 * 3_600_000

/**
 * What this phone saw of its sends, kept until the server has it. A fact leaves only when it was
 * acknowledged, refused for good, or too old to be taken. Only the rep who made it reports it.
 */
export function createFactQueue(repId: string, record: Record, faultOf: (fault: unknown) => FaultCode): FactQueue {
  let memory: WaitingFact[] = []
  let pauseMs = firstPauseMs
  let timer: ReturnType<typeof setTimeout> | undefined
  let flushing: Promise<void> | null = null
  const held = new Set<string>()

  const read = (): WaitingFact[] => take<WaitingFact[]>('local', key) ?? memory
  const write = (facts: WaitingFact[]): void => {
    memory = facts
    keep('local', key, facts.length > 0 ? facts : null)
  }
  const forget = (fact: WaitingFact): void =>
    write(read().filter((kept) => kept.factId !== fact.factId || kept.kind !== fact.kind))
  const mine = (): WaitingFact[] => read().filter((fact) => fact.repId === repId && !held.has(fact.factId))

  async function deliver(fact: WaitingFact): Promise<boolean> {
    if (Date.now() - Date.parse(fact.clientAt) > keptForMs) return (forget(fact), true)
    try {
      await record(fact)
    } catch (fault) {
      if (!forGood.has(faultOf(fault))) return false
    }
    forget(fact)
    return true
  }

  async function deliverAll(): Promise<void> {
    const tried = new Set<string>()
    let allWell = true
    for (let fact = mine()[0]; fact; fact = mine().find((next) => !tried.has(next.factId))) {
      tried.add(fact.factId)
      allWell = (await deliver(fact)) && allWell
    }
    if (allWell) pauseMs = firstPauseMs
    else again()
  }

  function again(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), pauseMs)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    flushing ??= deliverAll().finally(() => (flushing = null))
    return flushing
  }

  const flushSoon = (): void => {
    pauseMs = firstPauseMs
    void flush()
  }
  window.addEventListener('online', flushSoon)

  return {
    add(fact, hold = false) {
      if (hold) held.add(fact.factId)
      write([...read(), fact])
      if (!hold) void (flushing ? flushing.then(flush) : flush())
    },
    release(factId, seenExternalUserId) {
      held.delete(factId)
      write(read().map((fact) => (fact.factId === factId ? { ...fact, seenExternalUserId } : fact)))
      void (flushing ? flushing.then(flush) : flush())
    },
    flush,
    waiting: mine,
    stop() {
      clearTimeout(timer)
      window.removeEventListener('online', flushSoon)
    },
  }
}
