import type { Actor, Deps } from '../deps.ts'
import { endEmployment, findUnproved } from './member-queries.ts'

const actor: Actor = { kind: 'system', id: 'prove-employment' }
/** In one run: few enough to end within the job's lease, few at once because WeCom limits that too. */
const most = 400
const atOnce = 4
const longestMs = 60_000

/**
 * Asks WeCom about everyone whose proof gets old, so that the gate needs to look only at its age. Finds those who left
 * although no message told us (assurance.md F18). Throws `wecom_unavailable` when WeCom cannot say; proofs then age.
 */
export async function proveEmployment(deps: Deps): Promise<void> {
  const waiting = await findUnproved(deps.db, deps.now(), most)
  const endsAt = performance.now() + longestMs
  async function work(): Promise<void> {
    for (let person = waiting.shift(); person && performance.now() < endsAt; person = waiting.shift())
      await proveEmployed(deps, person)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

/** Asks about one; whoever WeCom does not know any more has left. */
export async function proveEmployed(deps: Deps, person: { id: string; wecomUserId: string }): Promise<void> {
  const askedAt = deps.now()
  if (!(await deps.wecom.isEmployed(person.wecomUserId))) {
    await endEmployment(deps, actor, person.id)
    return
  }
  await deps.db
    .updateTable('person')
    .set({ employmentProvedAt: askedAt })
    .where('id', '=', person.id)
    .where('status', '=', 'active')
    .execute()
}
