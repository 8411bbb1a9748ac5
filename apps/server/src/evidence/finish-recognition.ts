import type { Deps } from '../deps.ts'
import { asAppError } from '../errors.ts'
import { findPersonByUserId } from '../people/queries.ts'
import { equal, sha256 } from '../secrets.ts'
import type { Visitor } from '../wecom/wecom.ts'
import { findLink } from './queries.ts'
import { readToken } from './reader.ts'
import type { Visit } from './record-visit.ts'
import { readWanted, type Wanted } from './wanted.ts'

/** A state lives 10 min; a second arrival with the same code counts as the same within 10 s (wecom-platform.md 2.1). */
const stateLifeMs = 10 * 60_000
const twinMs = 10_000

type Asked = { code: string; state: string; browserToken: string | undefined }

/** `path` is the page to go on with; it is empty when the state was not begun by this browser. */
export type Recognised =
  | { who: 'contact'; externalUserId: string; path: string; wanted: Wanted | null }
  | { who: 'member' | 'stranger'; path: string; visit: Visit | null }
  | { who: 'nobody'; why: 'bad_state' | 'not_recognised' | 'wecom_unavailable'; path: string }

/**
 * Ends a recognition: spends state and code once. A page loaded twice by its client within 10 s gets the same answer. When
 * WeCom fails the state is given back, so that loading the page again simply goes on.
 */
export async function finishRecognition(deps: Deps, asked: Asked): Promise<Recognised> {
  const stateHash = sha256(asked.state)
  const codeHash = sha256(asked.code)
  const at = deps.now()
  const begun = await findBegun(deps, stateHash, asked.browserToken, at)
  if (!begun) return { who: 'nobody', why: 'bad_state', path: '' }

  const path = begun.nextPath
  const claimed = await deps.db
    .updateTable('signIn')
    .set({ usedAt: at, codeHash })
    .where('stateHash', '=', stateHash)
    .where('usedAt', 'is', null)
    .executeTakeFirst()
  const identity =
    claimed.numUpdatedRows === 1n
      ? await spendCode(deps, stateHash, asked.code)
      : await awaitTwin(deps, stateHash, codeHash, at)
  if (identity === 'unavailable') return { who: 'nobody', why: 'wecom_unavailable', path }
  if (identity === 'reused') return { who: 'nobody', why: 'bad_state', path }
  return recognise(deps, identity, path, readWanted(begun.wanted))
}

async function findBegun({ db }: Deps, stateHash: string, browserToken: string | undefined, at: Date) {
  const row = await db
    .selectFrom('signIn')
    .select(['face', 'browserHash', 'nextPath', 'startedAt', 'wanted'])
    .where('stateHash', '=', stateHash)
    .executeTakeFirst()
  if (!row || row.face !== 'hcp' || !browserToken || !equal(row.browserHash, sha256(browserToken))) return undefined
  return at.getTime() - row.startedAt.getTime() > stateLifeMs ? undefined : row
}

async function spendCode(deps: Deps, stateHash: string, code: string): Promise<string> {
  try {
    const identity = told(await deps.wecom.visitorOfCode(code))
    await deps.db.updateTable('signIn').set({ identity }).where('stateHash', '=', stateHash).execute()
    return identity
  } catch (fault) {
    await deps.db
      .updateTable('signIn')
      .set({ usedAt: null, codeHash: null })
      .where('stateHash', '=', stateHash)
      .execute()
    if (asAppError(fault).code === 'internal') throw fault
    return 'unavailable'
  }
}

/** As kept beside the state; an open id is not kept, it is of no use to us. */
function told(visitor: Visitor | undefined): string {
  if (!visitor) return 'nobody'
  if (visitor.kind === 'contact') return `contact:${visitor.externalUserId}`
  return visitor.kind === 'member' ? `member:${visitor.userId}` : visitor.kind
}

async function awaitTwin({ db }: Deps, stateHash: string, codeHash: string, at: Date): Promise<string> {
  for (let waited = 0; waited < 30; waited += 1) {
    const row = await db
      .selectFrom('signIn')
      .select(['identity', 'codeHash', 'usedAt'])
      .where('stateHash', '=', stateHash)
      .executeTakeFirstOrThrow()
    if (!row.usedAt) return 'unavailable'
    if (row.codeHash !== codeHash || at.getTime() - row.usedAt.getTime() > twinMs) return 'reused'
    if (row.identity !== null) return row.identity
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return 'unavailable'
}

async function recognise(deps: Deps, identity: string, path: string, wanted: Wanted | null): Promise<Recognised> {
  const [kind, id = ''] = identity.split(/:(.*)/s)
  if (kind === 'contact') return { who: 'contact', externalUserId: id, path, wanted }
  if (kind === 'nobody') return { who: 'nobody', why: 'not_recognised', path }

  const { claimed, genuine } = readToken(deps, path.replace('/l/', ''))
  const found = await findLink(deps.db, claimed)
  const link = genuine ? found : undefined
  if (kind === 'stranger' || kind === 'snapshot') {
    return { who: 'stranger', path, visit: link ? { link, visitor: kind } : null }
  }
  const person = await findPersonByUserId(deps.db, id)
  const visit = link
    ? { link, visitor: 'rep' as const, by: { kind: 'rep' as const, id: person?.id ?? 'unknown' } }
    : null
  return { who: 'member', path, visit }
}
