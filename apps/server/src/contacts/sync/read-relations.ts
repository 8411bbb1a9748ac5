import type { Kysely, Transaction } from 'kysely'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { ContactsPage } from '../../wecom/wecom.ts'
import { recordSeen, type Change, type SeenFollow, type Told } from '../record-follows.ts'
import { by, countChanges, keepRepairs } from './repairs.ts'
import { advance, type HeldRun, type Run } from './run-rows.ts'

/** As many as WeCom takes in one call. */
const groupMost = 100
const separator = '|' // no character of a userid (wecom-platform.md 2.2)

/**
 * One step of reading: the next group of members is chosen, or the next page of the group is read and recorded together
 * with how far the run is. Whoever goes on after a kill begins with the page that was not recorded.
 */
export async function readStep(deps: Deps, held: HeldRun): Promise<void> {
  const { users } = held.run
  return users === null ? chooseGroup(deps, held) : readPage(deps, held, users.split(separator))
}

/** Members are read in the order of their names, so that one who joins or leaves meanwhile shifts nobody else. */
async function chooseGroup(deps: Deps, held: HeldRun): Promise<void> {
  const { run } = held
  const serving = (await deps.wecom.servingMembers()).map((userId) => userId.toLowerCase())
  const people = serving.length > 0 ? await findPeople(deps.db, serving) : new Map<string, string>()
  const group = [...people.keys()].filter((key) => key > run.afterUser).slice(0, groupMost)
  if (group.length === 0) return save(deps, held, { stage: 'ending' })
  const counts = run.afterUser === '' ? { reps: people.size, strangers: serving.length - people.size } : {}
  await save(deps, held, { ...counts, users: group.join(separator), cursorValue: '' })
}

/** Those of them who are with us, by their userid in small letters. */
async function findPeople(db: Kysely<Database>, keys: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('person')
    .select(['id', 'wecomUserKey'])
    .where('wecomUserKey', 'in', keys)
    .where('status', '=', 'active')
    .orderBy('wecomUserKey')
    .execute()
  return new Map(rows.map((row) => [row.wecomUserKey, row.id]))
}

async function readPage(deps: Deps, held: HeldRun, userIds: string[]): Promise<void> {
  const { run } = held
  const told: Told = { by, learnt: 'sync', askedAt: deps.now() }
  const page = await deps.wecom.contactsPage({ userIds, cursor: run.cursorValue })
  if (page.outcome === 'cursor_refused') return save(deps, held, { cursorValue: '' })
  // WeCom does not say which of them it does not know: halves are asked about until one is left alone.
  if (page.outcome === 'member_refused' && userIds.length > 1) {
    const half = userIds.slice(0, Math.ceil(userIds.length / 2))
    return save(deps, held, { users: half.join(separator), cursorValue: '' })
  }
  const people = await findPeople(deps.db, userIds)
  await transact(deps.db, async (trx) => {
    const progress =
      page.outcome === 'page'
        ? await recordPage(trx, deps, { held, told, people, page })
        : { users: null, cursorValue: '', known: run.known }
    const ends = progress.users === null
    const grown = ends ? await endGroup(trx, { ...run, known: progress.known }, { people, userIds, page }) : {}
    await advance(trx, deps, held, { problem: null, ...progress, ...grown })
    Object.assign(held.run, progress, grown)
  })
}

type Page = Extract<ContactsPage, { outcome: 'page' }>
type Read = { held: HeldRun; told: Told; people: Map<string, string>; page: Page }

async function recordPage(trx: Transaction<Database>, deps: Deps, { held, told, people, page }: Read) {
  const { run } = held
  const seen = page.contacts.flatMap((contact): SeenFollow[] => {
    const repId = people.get(contact.userId.toLowerCase())
    return repId ? [{ ...contact, repId }] : []
  })
  const changes: Change[] = await recordSeen(trx, deps, told, seen)
  await keepRepairs(trx, deps, run, changes)
  const counted = countChanges(run, changes)
  const lasts = page.next === '' || page.next === run.cursorValue
  return {
    ...counted,
    seen: run.seen + seen.length,
    known: run.known + seen.length - (counted.begun - run.begun),
    users: lasts ? null : run.users,
    cursorValue: lasts ? '' : page.next,
  }
}

type Group = { people: Map<string, string>; userIds: string[]; page: ContactsPage }

/** Notes of each rep of the group whether they were read, and how many relations WeCom did not list. */
async function endGroup(trx: Transaction<Database>, run: Run, { people, userIds, page }: Group) {
  const unlicensed = new Set(page.outcome === 'page' ? page.unlicensed.map((userId) => userId.toLowerCase()) : [])
  const missing = await countMissing(trx, [...people.values()], run.startedAt)
  const rows = [...people].map(([key, repId]) => {
    const refused = page.outcome === 'member_refused' ? ('refused' as const) : ('read' as const)
    const outcome = unlicensed.has(key) ? ('unlicensed' as const) : refused
    return { runId: run.id, repId, outcome, missing: outcome === 'read' ? (missing.get(repId) ?? 0) : 0 }
  })
  if (rows.length > 0)
    await trx.insertInto('contactSyncRep').values(rows).onDuplicateKeyUpdate({ runId: run.id }).execute()
  const read = rows.filter((row) => row.outcome === 'read')
  const lost = read.reduce((sum, row) => sum + row.missing, 0)
  return {
    afterUser: userIds.at(-1)!,
    repsRead: run.repsRead + read.length,
    repsSkipped: run.repsSkipped + userIds.length - read.length,
    missing: run.missing + lost,
    known: run.known + lost,
  }
}

async function countMissing(db: Kysely<Database>, repIds: string[], since: Date): Promise<Map<string, number>> {
  if (repIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('contactFollow')
    .select((eb) => ['repId', eb.fn.countAll<number>().as('missing')])
    .where('repId', 'in', repIds)
    .where('following', '=', 1)
    .where((eb) => eb.or([eb('provedAt', 'is', null), eb('provedAt', '<', since)]))
    .groupBy('repId')
    .execute()
  return new Map(rows.map((row) => [row.repId, Number(row.missing)]))
}

async function save(deps: Deps, held: HeldRun, progress: Parameters<typeof advance>[3]): Promise<void> {
  await advance(deps.db, deps, held, { problem: null, ...progress })
  Object.assign(held.run, progress)
}
