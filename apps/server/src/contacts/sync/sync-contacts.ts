import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { close, endStep } from './end-missing.ts'
import { readStep } from './read-relations.ts'
import { beginRun, findLastBegin, holdRun, letGo, RunLost, type HeldRun } from './run-rows.ts'

/** Messages get lost; what they said is known within the hour (assurance.md F18), and proofs never come near their 24 h. */
const everyMs = 3_600_000
/** A run that cannot be ended must not keep the next one away. */
const longestRunMs = 20 * everyMs
/** Shorter than the lease of a job. */
const sliceMs = 45_000
/** At most 80 calls a second: half of what WeCom allows for one API. */
const paceMs = 12
const waitMs = 60_000

/**
 * Reads from WeCom who follows whom, all of it, and repairs what lost messages left behind in both directions
 * (wecom-platform.md 3.9). Goes on where an instance was stopped or killed; one instance at a time. Nothing is ended that
 * WeCom does not deny when asked about it alone, and no run ends more than a twentieth of all.
 */
export async function syncContacts(deps: Deps): Promise<void> {
  await beginIfDue(deps)
  const held = await holdRun(deps)
  if (!held) return
  const { id, startedAt } = held.run
  try {
    if (deps.now().getTime() - startedAt.getTime() > longestRunMs)
      return await close(deps, held, 'failed', 'took_too_long')
    const over = await goOn(deps, held)
    if (!over) await letGo(deps, held)
  } catch (fault) {
    if (fault instanceof RunLost) return
    const { code, retryAfterMs } = fault as { code?: unknown; retryAfterMs?: number } // whatever was thrown
    const problem = fault instanceof AppError ? fault.code : 'fault'
    deps.log.warn({ runId: id, code, problem }, 'the reading of relations waits')
    await letGo(deps, held, { problem, waitMs: retryAfterMs ?? waitMs })
    if (!(fault instanceof AppError)) throw fault
  }
}

async function beginIfDue(deps: Deps): Promise<void> {
  const last = await findLastBegin(deps.db)
  if (last && deps.now().getTime() - last.getTime() < everyMs) return
  await transact(deps.db, (trx) => beginRun(trx, deps, { requestId: null, askedBy: null, reason: '', endMany: 0 }))
}

/** True when the run is over, false when its time in this instance is. */
async function goOn(deps: Deps, held: HeldRun): Promise<boolean> {
  const until = performance.now() + sliceMs
  while (performance.now() < until) {
    const begun = performance.now()
    if (held.run.stage === 'reading') await readStep(deps, held)
    else if (await endStep(deps, held)) return true
    const restMs = paceMs - (performance.now() - begun)
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs))
  }
  return false
}
