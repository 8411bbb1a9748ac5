import type { NoticeChoices } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { Face, Session } from '../people/sessions.ts'
import { loadPolicy } from '../policy/queries.ts'
import { findChoices } from './choice-queries.ts'
import { noticeKinds, whyFixed, type NoticeKind } from './notice-kinds.ts'
import { holdsOne } from '../people/role-queries.ts'

/** Kinds this person is told of in one place: what reps get in the sidebar, everything else in the console. */
export function ownKinds(roles: readonly string[], face: Face): NoticeKind[] {
  const names = Object.keys(noticeKinds) as NoticeKind[] // its own keys
  return names.filter((name) => {
    const forReps = noticeKinds[name].roles.includes('rep')
    return forReps === (face === 'rep') && holdsOne(roles, noticeKinds[name].roles)
  })
}

/** What app messages this person gets and how they want to be told. */
export async function loadChoices(deps: Deps, me: Session, face: Face): Promise<NoticeChoices> {
  return describe(deps.db, { personId: me.personId, kinds: ownKinds(me.roles, face) }, deps.now())
}

/** The same for kinds that are known already. */
export async function describe(
  db: Kysely<Database>,
  { personId, kinds }: { personId: string; kinds: readonly NoticeKind[] },
  now: Date,
): Promise<NoticeChoices> {
  const [chosen, { quietFrom, quietUntil }] = await Promise.all([findChoices(db, [personId]), loadPolicy(db, now)])
  return {
    kinds: kinds.map((kind) => {
      const { name, fixed, atNight } = noticeKinds[kind]
      const pace = (fixed === null && chosen.get(`${personId} ${kind}`)) || 'now'
      return { kind, name, pace, fixed: fixed && whyFixed[fixed], atNight }
    }),
    ...{ quietFrom, quietUntil },
  }
}
