import { sql } from 'kysely'
import type { Deps } from '../../deps.ts'
import { sha256 } from '../../secrets.ts'
import type { KnownWay, MadeWay } from '../../wecom/wecom.ts'
import { findCodeReps, findTended, type RepOfCode, type TendedCode } from './code-queries.ts'
import { claimCodes, postponeCode, recordStep } from './code-steps.ts'
import { problemOf, wayOfCode } from './way-of-code.ts'

const claimed = 50
const longestMs = 40_000
const dayMs = 86_400_000
const hourMs = 3_600_000
/** Clocks here and there may differ by as much. */
const aroundMs = 10 * 60_000
const mostSearched = 500

/**
 * Keeps the codes at WeCom as they are here: makes them, switches whom they lead to by their hours and when somebody left,
 * looks once a day whether WeCom still has them, takes them away. WeCom is asked outside of transactions; an answer that
 * was lost is looked for before anything is made a second time.
 */
export async function tendCodes(deps: Deps): Promise<void> {
  const endsAt = performance.now() + longestMs
  while (performance.now() < endsAt) {
    const ids = await claimCodes(deps, claimed)
    if (ids.length === 0) return
    const [codes, reps] = await Promise.all([
      findTended(deps.db).where('id', 'in', ids).execute(),
      findCodeReps(deps.db, ids),
    ])
    for (const code of codes)
      await tend(
        deps,
        code,
        reps.filter(({ codeId }) => codeId === code.id),
      )
  }
}

/** Codes that lead to somebody who left are looked at now, not at their next hour. */
export async function handOnCodes({ db, now }: Deps): Promise<void> {
  const left = await db
    .selectFrom('contactCode')
    .innerJoin('contactCodeRep', 'contactCodeRep.codeId', 'contactCode.id')
    .innerJoin('person', 'person.id', 'contactCodeRep.repId')
    .select('contactCode.id')
    .distinct()
    .where('person.status', '<>', 'active')
    .where('contactCode.life', '=', 'live')
    .where('contactCode.problem', '<>', 'nobody_left')
    .where(sql<boolean>`find_in_set(person.wecom_user_id, contact_code.told_users) > 0`)
    .execute()
  if (left.length === 0) return
  const ids = left.map(({ id }) => id)
  await db.updateTable('contactCode').set({ runAt: now() }).where('id', 'in', ids).execute()
}

async function tend(deps: Deps, code: TendedCode, reps: readonly RepOfCode[]): Promise<void> {
  try {
    if (code.life === 'making') await make(deps, code, reps)
    else if (code.life === 'live') await keep(deps, code, reps)
    else if (code.life === 'ending') await remove(deps, code)
    else await recordStep(deps, code, { set: { runAt: null } })
  } catch (fault) {
    deps.log.warn({ codeId: code.id, code: (fault as { code?: unknown }).code }, 'a contact code waits')
    await postponeCode(deps, code.id, code.attempts)
  }
}

async function make(deps: Deps, code: TendedCode, reps: readonly RepOfCode[]): Promise<void> {
  const { wanted, users } = wayOfCode(code, reps, deps.now())
  if (wanted.userIds.length === 0)
    return void (await recordStep(deps, code, { set: { life: 'refused', problem: 'nobody_left', runAt: null } }))
  const found = await findLost(deps, code)
  const answer: MadeWay = found
    ? { outcome: 'made', configId: found.configId, picture: found.picture }
    : await addOnce(deps, code, wanted)
  if (answer.outcome === 'refused') {
    const problem = problemOf(answer.errcode, Boolean(code.temporary))
    const set = { life: 'refused' as const, problem, errcode: answer.errcode, askedAt: null, runAt: null }
    await recordStep(deps, code, { set, told: { event: 'contact_code.refused', detail: { errcode: answer.errcode } } })
    return
  }
  const at = deps.now()
  const kept = await recordStep(deps, code, {
    set: {
      ...{ life: 'live', configId: answer.configId, askedAt: null, madeAt: at, checkedAt: at, attempts: 0, runAt: at },
      ...{ problem: code.problem === 'lost' ? 'lost' : '', errcode: null },
      ...{ toldUsers: users, toldRevision: code.revision },
      endsAt: code.temporary ? new Date(at.getTime() + (code.codeDays ?? 7) * dayMs) : null,
    },
    told: { event: 'contact_code.made', detail: { configId: answer.configId, again: code.problem === 'lost' } },
  })
  // Somebody ended it meanwhile, or another instance was faster: what nobody knows of must not stand about at WeCom.
  if (!kept) await deps.wecom.removeContactWay(answer.configId)
}

async function addOnce(deps: Deps, code: TendedCode, wanted: Parameters<Deps['wecom']['addContactWay']>[0]) {
  await deps.db.updateTable('contactCode').set({ askedAt: deps.now() }).where('id', '=', code.id).execute()
  return deps.wecom.addContactWay(wanted)
}

/** What an earlier attempt made without our hearing of it. WeCom lists no temporary codes; those end by themselves. */
async function findLost(deps: Deps, { id, askedAt, temporary }: TendedCode): Promise<KnownWay | undefined> {
  if (!askedAt || temporary) return undefined
  const [from, until] = [new Date(askedAt.getTime() - aroundMs), new Date(deps.now().getTime() + aroundMs)]
  const listed = await deps.wecom.contactWaysMade(from, until)
  const known = listed.length > 0 ? await findKnown(deps, listed) : new Set<string>()
  for (const configId of listed.filter((one) => !known.has(one)).slice(0, mostSearched)) {
    const way = await deps.wecom.contactWay(configId)
    if (way?.scanState === id) return way
  }
  return undefined
}

async function findKnown({ db }: Deps, configIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('contactCode').select('configId').where('configId', 'in', configIds).execute()
  return new Set(rows.flatMap(({ configId }) => configId ?? []))
}

async function keep(deps: Deps, code: TendedCode, reps: readonly RepOfCode[]): Promise<void> {
  const now = deps.now()
  const configId = code.configId ?? ''
  if (code.endsAt && code.endsAt <= now)
    return void (await recordStep(deps, code, { set: { life: 'ended', ownOf: null, endedAt: now, runAt: null } }))
  const { wanted, users, switchesAt } = wayOfCode(code, reps, now)
  const looksAgain = new Date(now.getTime() + (wanted.userIds.length === 0 ? hourMs : dayMs))
  const next = [switchesAt, code.endsAt, looksAgain].flatMap((at) => (at ? [at.getTime()] : []))
  const after = { runAt: new Date(Math.min(...next)), attempts: 0 }

  const checkDue = !code.checkedAt || now.getTime() - code.checkedAt.getTime() >= dayMs
  const way = checkDue ? await deps.wecom.contactWay(configId) : undefined
  if (way === null && (await isLost(deps, code))) return lose(deps, code)
  const checked = checkDue ? { checkedAt: now } : {}
  const picture = await keepPicture(deps, code, way?.picture)
  if (wanted.userIds.length === 0)
    return void (await recordStep(deps, code, { set: { ...after, ...checked, ...picture, problem: 'nobody_left' } }))

  const differs = way ? !sameUsers(way.userIds, wanted.userIds) : users !== code.toldUsers
  const problem = code.problem === 'lost' ? ('lost' as const) : ''
  if (!differs && code.toldRevision === code.revision)
    return void (await recordStep(deps, code, { set: { ...after, ...checked, ...picture, problem } }))
  const answer = await deps.wecom.updateContactWay(configId, wanted)
  if (answer.outcome === 'refused') {
    if ((await deps.wecom.contactWay(configId)) === null && (await isLost(deps, code))) return lose(deps, code)
    const set = { ...after, ...checked, ...picture, problem: problemOf(answer.errcode, false), errcode: answer.errcode }
    return void (await recordStep(deps, code, { set: { ...set, runAt: new Date(now.getTime() + hourMs) } }))
  }
  await recordStep(deps, code, {
    set: {
      ...after,
      ...checked,
      ...picture,
      ...{ problem, errcode: null, toldUsers: users, toldRevision: code.revision },
    },
    told: { event: 'contact_code.handed_on', before: code.toldUsers, after: users },
  })
}

/** WeCom's ids ignore case and come in any order. */
function sameUsers(one: readonly string[], other: readonly string[]): boolean {
  const asOne = (ids: readonly string[]) =>
    ids
      .map((id) => id.toLowerCase())
      .toSorted()
      .join(',')
  return asOne(one) === asOne(other)
}

/** One refusal is not enough to make a second code: it must be missing in WeCom's list as well, which has all but temporary ones. */
async function isLost(deps: Deps, { configId, madeAt, temporary }: TendedCode): Promise<boolean> {
  if (temporary || !madeAt) return true
  const around = (ms: number) => new Date(madeAt.getTime() + ms)
  return !(await deps.wecom.contactWaysMade(around(-aroundMs), around(aroundMs))).includes(configId ?? '')
}

/** A temporary code is over with it; any other is made anew, and its posters are to be printed again. */
async function lose(deps: Deps, code: TendedCode): Promise<void> {
  const now = deps.now()
  deps.log.error({ alarm: 'contact_code_lost', codeId: code.id }, 'WeCom has a contact code no more')
  const anew = {
    life: 'making' as const,
    problem: 'lost' as const,
    configId: null,
    pictureHash: null,
    askedAt: null,
    runAt: now,
  }
  await recordStep(deps, code, {
    set: code.temporary ? { life: 'ended', ownOf: null, problem: 'lost', endedAt: now, runAt: null } : anew,
    told: { event: 'contact_code.lost', detail: { configId: code.configId } },
  })
}

/** Kept here: a poster is printed when WeCom's picture server is away as well, and no page of ours fetches from there. */
async function keepPicture(deps: Deps, code: TendedCode, known: string | undefined): Promise<{ pictureHash?: string }> {
  if (code.pictureHash || code.style !== null) return {}
  const address = known ?? (await deps.wecom.contactWay(code.configId ?? ''))?.picture
  if (!address) return {}
  const bytes = await deps.wecom.fetchPicture(address)
  const pictureHash = sha256(bytes)
  await deps.files.put(pictureName(pictureHash), bytes)
  return { pictureHash }
}

export const pictureName = (hash: string): string => `contact-codes/${hash}`

async function remove(deps: Deps, code: TendedCode): Promise<void> {
  if (code.configId) await deps.wecom.removeContactWay(code.configId)
  else {
    const lost = await findLost(deps, code)
    if (lost) await deps.wecom.removeContactWay(lost.configId)
  }
  await recordStep(deps, code, { set: { life: 'ended', runAt: null, problem: '' } })
}
