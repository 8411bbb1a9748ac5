import { auditRow } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Actor, Deps } from '../deps.ts'
import { WeComRefusal } from '../wecom/wecom-refusal.ts'
import { loadPolicy } from '../policy/queries.ts'
import { gatherNotices, heedChoices } from './gather-notices.ts'
import { kindOf } from './notice-kinds.ts'
import { restsUntil } from './notice-times.ts'
import { claimNotices, countSent, markTried, postpone, release, settleNotices, type Claimed } from './queries.ts'

const actor: Actor = { kind: 'system', id: 'deliver-outbox' }
/** WeCom drops what is over 30 messages a minute to one member, and says nothing (wecom-platform.md 1.2). */
const mostAMinute = 25
const minuteMs = 60_000
/** Some fifteen hours of trying. */
const mostAttempts = 24
const mostGoes = 20

/**
 * Job: delivers the app messages that are owed, those of a kind to one person together. Notices with the same words leave
 * in one call, up to 1,000 members. A server that dies after WeCom took a message leaves the same card to the same members
 * to the next, and WeCom shows it once for four hours.
 */
export async function deliverOutbox(deps: Deps): Promise<void> {
  for (let goes = 0; goes < mostGoes; goes += 1) {
    const owner = deps.newId()
    const claimed = await claimNotices(deps.db, owner, deps.now())
    if (claimed.length === 0) return
    const told = await heedChoices(deps, await letRest(deps, claimed), deps.now())
    await deliver(deps, await leaveForLater(deps, await gatherNotices(deps, owner, told)))
  }
}

/** What can wait is not told in quiet hours; a withdrawal cannot. */
async function letRest({ db, now }: Deps, claimed: Claimed[]): Promise<Claimed[]> {
  const quietUntil = restsUntil(now(), await loadPolicy(db, now()))
  if (!quietUntil) return claimed
  const rests = ({ kind }: Claimed) => kindOf(kind)?.atNight !== true
  await postpone(db, claimed.filter(rests), quietUntil)
  return claimed.filter((notice) => !rests(notice))
}

/** Who was told much within this minute is told the rest in the next. */
async function leaveForLater({ db, now }: Deps, claimed: Claimed[]): Promise<Claimed[]> {
  const at = now()
  const told = await countSent(
    db,
    claimed.map((notice) => notice.toPerson),
    new Date(at.getTime() - minuteMs),
  )
  const fits = (notice: Claimed) => {
    const count = (told.get(notice.toPerson) ?? 0) + 1
    told.set(notice.toPerson, count)
    return count <= mostAMinute
  }
  const [soon, later] = [[] as Claimed[], [] as Claimed[]]
  for (const notice of claimed) (fits(notice) ? soon : later).push(notice)
  await postpone(db, later, new Date(at.getTime() + minuteMs))
  return soon
}

async function deliver(deps: Deps, notices: Claimed[]): Promise<void> {
  await markTried(deps.db, notices, deps.now())
  const alike = new Map<string, Claimed[]>()
  for (const notice of notices) {
    const words = `${notice.kind} ${notice.subjectId} ${notice.body}`
    alike.set(words, [...(alike.get(words) ?? []), notice])
  }
  for (const group of alike.values()) {
    const gone = group.filter((notice) => notice.status !== 'active')
    const here = group.filter((notice) => notice.status === 'active')
    await fail(deps, gone, 'left')
    if (here.length > 0) await tellTogether(deps, here)
  }
}

async function tellTogether(deps: Deps, notices: Claimed[]): Promise<void> {
  const { title, text, path } = JSON.parse(notices[0]!.body) as { title: string; text: string; path: string } // written by addNotices
  const userIds = notices.map((notice) => notice.wecomUserId)
  const url = `${deps.config.PUBLIC_URL}${path}`
  let refused = false
  const answer = await deps.wecom.tell({ userIds, title, text, url }).catch((fault: { code?: unknown }) => {
    refused = fault instanceof WeComRefusal // WeCom said no, so it has nothing of it
    deps.log.warn({ code: fault.code, attempts: notices[0]!.attempts }, 'app messages wait')
  })
  if (!answer) return tryAgain(deps, notices, refused)
  const missed = (notice: Claimed) => answer.unknown.includes(notice.wecomUserId)
  await settle(
    deps,
    notices.filter((notice) => !missed(notice)),
    null,
  )
  await fail(deps, notices.filter(missed), 'unknown_member')
}

async function tryAgain(deps: Deps, notices: Claimed[], refused: boolean): Promise<void> {
  await release(
    deps.db,
    notices.filter((notice) => !isLast(notice)),
    { now: deps.now(), refused },
  )
  await fail(deps, notices.filter(isLast), 'gave_up')
}

const isLast = ({ attempts }: Claimed): boolean => attempts + 1 >= mostAttempts

async function fail(deps: Deps, notices: Claimed[], problem: string): Promise<void> {
  if (notices.length === 0) return
  deps.log.warn({ problem, notices: notices.map((notice) => notice.id) }, 'app messages did not arrive')
  await settle(deps, notices, problem)
}

async function settle(deps: Deps, notices: Claimed[], problem: string | null): Promise<void> {
  if (notices.length === 0) return
  const at = deps.now()
  await transact(deps.db, async (trx) => {
    const settled = await settleNotices(trx, notices, at, problem)
    const told = new Map<string, { kind: string; to: string[] }>()
    for (const { kind, subjectId, toPerson } of settled)
      told.set(`${kind} ${subjectId}`, { kind, to: [...(told.get(`${kind} ${subjectId}`)?.to ?? []), toPerson] })
    const event = problem ? ('notice.failed' as const) : ('notice.sent' as const)
    const rows = [...told].map(([key, { kind, to }]) =>
      auditRow(deps.newId(), actor, at, {
        ...{ event, subjectId: key.slice(kind.length + 1), detail: { kind, to, problem } },
      }),
    )
    await trx.insertInto('auditEntry').values(rows).execute()
  })
}
