import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Device } from '../db/tables/people.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { equal, sha256 } from '../secrets.ts'
import type { Visitor } from '../wecom/wecom.ts'
import { findPersonByUserId, findRoles } from './queries.ts'
import type { Face, Sessions } from './sessions.ts'

/** A state lives 10 min; a second arrival with the same code counts as the same within 10 s (wecom-platform.md 2.1). */
const stateLifeMs = 10 * 60_000
const twinMs = 10_000

type Asked = { face: Face; code: string; state: string; browserToken: string | undefined; device: Device }

/** A session; or, of a login that was made to sign or to prove, who it was: one of ours and with the company, or nobody. */
type Finished =
  | { kind: 'session'; token: string; next: string }
  | { kind: 'signing'; signingId: string; personId: string | undefined; next: string }
  | { kind: 'proof'; proofId: string; personId: string | undefined }

/**
 * Ends a sign-in: spends state and code once, checks that this is one of our people in a fitting role, opens a session.
 * Some clients load the return address twice; the twin gets a session as well and the code is not spent again.
 */
export async function finishSignIn(deps: Deps, sessions: Sessions, asked: Asked): Promise<Finished> {
  const { identity, next, signingId, proofId } = await spendState(deps, asked)
  const person = identity ? await findPersonByUserId(deps.db, identity) : undefined
  if (signingId || proofId) {
    const proved = person?.status === 'active' && (await proveEmployment(deps, person))
    const personId = proved ? person.id : undefined
    return signingId ? { kind: 'signing', signingId, personId, next } : { kind: 'proof', proofId: proofId!, personId }
  }
  const roles = person ? await findRoles(deps.db, person.id, deps.now()) : []
  const fits = asked.face === 'rep' ? roles.includes('rep') : roles.some((role) => role !== 'rep')
  if (!person || person.status !== 'active' || !fits || !(await proveEmployment(deps, person))) {
    await recordRefused(deps, person?.id ?? 'unknown')
    throw new AppError('not_staff')
  }
  const token = await sessions.open(person.id, asked.face, { way: 'wecom', device: asked.device })
  const event = asked.face === 'rep' ? ('rep.signed_in' as const) : ('console.signed_in' as const)
  const actor = { kind: asked.face === 'rep' ? ('rep' as const) : ('admin' as const), id: person.id }
  await transact(deps.db, (trx) => appendAudit(trx, deps.newId(), actor, deps.now(), { event, subjectId: person.id }))
  return { kind: 'session', token, next }
}

type Spent = { identity: string | undefined; next: string; signingId: string | null; proofId: string | null }

/** Returns the member's userid, or undefined for somebody from outside. */
async function spendState(deps: Deps, asked: Asked): Promise<Spent> {
  const stateHash = sha256(asked.state)
  const codeHash = sha256(asked.code)
  const known = await deps.db.selectFrom('signIn').selectAll().where('stateHash', '=', stateHash).executeTakeFirst()
  const at = deps.now()
  if (
    !known ||
    known.face !== asked.face ||
    !asked.browserToken ||
    !equal(known.browserHash, sha256(asked.browserToken))
  ) {
    throw new AppError('bad_state')
  }
  const { nextPath: next, signingId, proofId } = known
  if (at.getTime() - known.startedAt.getTime() > stateLifeMs) throw new AppError('bad_state')
  const claimed = await deps.db
    .updateTable('signIn')
    .set({ usedAt: at, codeHash })
    .where('stateHash', '=', stateHash)
    .where('usedAt', 'is', null)
    .executeTakeFirst()
  if (claimed.numUpdatedRows === 0n)
    return { identity: await awaitTwin(deps, stateHash, codeHash, at), next, signingId, proofId }

  const visitor: Visitor | undefined = await deps.wecom.visitorOfCode(asked.code)
  if (!visitor) throw new AppError('not_signed_in')
  const identity = visitor.kind === 'member' ? visitor.userId : ''
  await deps.db.updateTable('signIn').set({ identity }).where('stateHash', '=', stateHash).execute()
  return { identity: identity || undefined, next, signingId, proofId }
}

async function awaitTwin(deps: Deps, stateHash: string, codeHash: string, at: Date): Promise<string | undefined> {
  for (let waited = 0; waited < 30; waited += 1) {
    const row = await deps.db
      .selectFrom('signIn')
      .select(['identity', 'codeHash', 'usedAt'])
      .where('stateHash', '=', stateHash)
      .executeTakeFirstOrThrow()
    if (row.codeHash !== codeHash || !row.usedAt || at.getTime() - row.usedAt.getTime() > twinMs)
      throw new AppError('bad_state')
    if (row.identity !== null) return row.identity || undefined
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new AppError('not_signed_in')
}

/** WeCom also answers for members outside the app's range, so being a member is asked apart (design.md 4). */
async function proveEmployment(deps: Deps, person: { id: string; wecomUserId: string }): Promise<boolean> {
  if (!(await deps.wecom.isEmployed(person.wecomUserId))) return false
  await deps.db.updateTable('person').set({ employmentProvedAt: deps.now() }).where('id', '=', person.id).execute()
  return true
}

async function recordRefused(deps: Deps, personId: string): Promise<void> {
  const actor = { kind: 'system' as const, id: 'sign-in' }
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), actor, deps.now(), { event: 'rep.sign_in_refused', subjectId: personId }),
  )
}
