import { homeParts, type HomePartFound, type homeEndpoints, type Output } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { scopeOf } from '../people/scope.ts'
import type { Session } from '../people/sessions.ts'
import { homeNumbers } from '../reports/home-numbers.ts'
import { reportReaders } from '../reports/report-roles.ts'
import { contentParts } from './content-parts.ts'
import { doctorParts } from './doctor-parts.ts'
import { officeParts } from './office-parts.ts'
import type { Asked, Part } from './part.ts'
import { holdsOne } from '../people/role-queries.ts'

const parts: Part[] = [...contentParts, ...doctorParts, ...officeParts]

/**
 * Everything that waits for somebody, by what they may do now. Each part is one bounded read and may fail alone. It names
 * no doctor, so the page may look again by itself without leaving a trail of looks at records.
 */
export async function loadHome(deps: Deps, me: Session): Promise<Output<typeof homeEndpoints.loadHome>> {
  const { db } = deps
  const at = deps.now()
  const { personId, roles } = me
  const scope = await scopeOf(deps, me)
  const asked: Asked = { deps, db, personId, roles, at, scope }
  const mine = parts.filter((part) => holdsOne(roles, part.roles))
  const numbers = findNumbers(deps, me)
  const found = await Promise.all(mine.map((part) => findPart(part, asked)))
  return { now: at, parts: found.flat().toSorted(byUrgency), ...(await numbers) }
}

type Numbers = Pick<Output<typeof homeEndpoints.loadHome>, 'numbers' | 'numbersFailed'>

/** For who may see figures, of their territories. */
async function findNumbers(deps: Deps, me: Session): Promise<Numbers> {
  if (!holdsOne(me.roles, reportReaders)) return { numbers: null, numbersFailed: false }
  try {
    return { numbers: await homeNumbers(deps, me), numbersFailed: false }
  } catch (fault) {
    deps.log.warn({ code: (fault as { code?: unknown }).code }, 'the numbers of the home page were not read')
    return { numbers: null, numbersFailed: true }
  }
}

async function findPart({ part, find }: Part, asked: Asked): Promise<HomePartFound[]> {
  try {
    const waiting = await find(asked)
    return waiting ? [{ part, outcome: 'read', ...waiting }] : []
  } catch (fault) {
    asked.deps.log.warn({ part, code: (fault as { code?: unknown }).code }, 'a part of the home page was not read')
    return [{ part, outcome: 'failed', count: 0, more: false, pressing: 0, days: null, oldestAt: null, rows: [] }]
  }
}

/** What presses first; then in the order of the contract. */
const byUrgency = (one: HomePartFound, other: HomePartFound): number =>
  Number(other.pressing > 0) - Number(one.pressing > 0) || homeParts.indexOf(one.part) - homeParts.indexOf(other.part)
