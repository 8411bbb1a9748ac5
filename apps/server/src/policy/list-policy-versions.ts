import type { Input, Output, policyEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'
import { differencesOf, findVersions, loadInForce } from './settings.ts'

type Endpoint = typeof policyEndpoints.listPolicyVersions
const pageSize = 20

/** Every version with what it changed, newest first. A version that a newer one overtook before its day never held. */
export async function listPolicyVersions(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const now = deps.now()
  const before = asked.cursor === null ? undefined : readNumber(asked.cursor)
  // One more on either side: the newer says until when a version held, the older what it changed.
  const found = await findVersions(deps.db, before === undefined ? undefined : before + 1, pageSize + 2)
  const from = before === undefined ? 0 : 1
  const page = found.slice(from, from + pageSize)
  const inForce = (await loadInForce(deps.db, now)).version
  const rows = page.map(({ settings, ...row }, place) => {
    const newer = found[from + place - 1]
    const older = found[from + place + 1]
    return {
      ...row,
      life:
        row.version === inForce
          ? ('in_force' as const)
          : row.version > inForce
            ? ('scheduled' as const)
            : ('ended' as const),
      heldUntil: newer && newer.holdsFrom <= now ? newer.holdsFrom : null,
      differences: older ? differencesOf(older.settings, settings) : [],
    }
  })
  const more = found.length > from + pageSize
  return { rows, next: more ? String(page.at(-1)?.version ?? 0) : null }
}

function readNumber(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new AppError('bad_request', { field: 'cursor' })
  return Number(text)
}
