import type { Ended, Reading, View } from '@vouch/hcp/render'
import { startOfShanghaiDay } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { endedSince, linkState, type LinkState } from '@vouch/rules'
import { resolveShown, type ShownLink } from './resolve-shown.ts'
import { findLink, findShown, findSuccessor, mayRecordReading, type LinkRow } from './queries.ts'
import { readToken, type Reader } from './reader.ts'
import { readingOf } from './reading-of.ts'
import type { Visit } from './record-visit.ts'

/**
 * What to show, and the visit to remember, which is written after the answer so that it cannot be told from its time. An
 * invitation to consent in force is `ask`: its text is shown before anybody is known.
 */
export type OpenedLink = { visit: Visit | null } & ({ view: View; ask: null } | { view: null; ask: LinkRow })

/**
 * Decides what a reader sees at a link. Nothing about any content leaves here unless the reader is known to be the
 * addressee and the link is live at this very moment; an invented link looks like one nobody is recognised at.
 * Statements: 1 for anybody else, 3 for the addressee at most; one more at the link of an older version.
 */
export async function openLink(
  deps: Deps,
  reader: Reader,
  asked: { token: string; preview: boolean },
): Promise<OpenedLink> {
  const { claimed, genuine } = readToken(deps, asked.token)
  const now = deps.now()
  const found = await findLink(deps.db, claimed)
  const link = genuine ? found : undefined

  const ask = link && isAsk(link, now) ? link : null

  if (!reader) {
    const visitor = asked.preview ? ('preview' as const) : ('unknown' as const)
    const visit = link ? { link, visitor } : null
    return ask ? { view: null, ask, visit } : { view: { page: 'neutral', sender: link?.repName ?? null }, ask, visit }
  }
  if (!link || link.externalUserId !== reader) {
    const looked = asked.preview
      ? ({ visitor: 'preview' } as const)
      : ({ visitor: 'other', by: { kind: 'hcp', id: reader } } as const)
    const visit = link ? { link, ...looked } : null
    return { view: { page: 'other_reader', who: 'contact', now }, ask: null, visit }
  }
  if (ask) return { view: null, ask, visit: null }
  const shown = await resolveShown(deps.db, link, now)
  const state = linkState(shown, now)
  const view = state === 'live' ? await reading(deps, shown, asked.token, now) : await ended(deps, shown, state, now)
  return { view, ask: null, visit: null }
}

/** An invitation that can be answered now. */
const isAsk = (link: LinkRow, now: Date): boolean => link.class === 'consent' && linkState(link, now) === 'live'

async function reading({ db }: Deps, link: ShownLink, token: string, now: Date): Promise<Reading> {
  const [shown, recordsReading] = await Promise.all([
    findShown(db, link.contentItemId),
    mayRecordReading(db, link.accountId, now),
  ])
  return readingOf(link, shown, {
    ...{ path: `/l/${token}`, sender: link.repName, sentAt: link.sentAt, addressee: link.accountName ?? '' },
    ...{ recordsReading, replaces: link.sent && { version: link.sent.version, note: link.changeNote } },
  })
}

async function ended({ db }: Deps, link: ShownLink, state: Exclude<LinkState, 'live'>, now: Date): Promise<Ended> {
  const { successor, asked } = await findSuccessor(db, link, { now, askedSince: startOfShanghaiDay(now) })
  return {
    page: 'ended',
    why: state,
    since: endedSince(link, state),
    reason: state === 'withdrawn' ? (link.withdrawnReason ?? '') : '',
    sender: link.repStatus === 'active' ? link.repName : null,
    // Whoever withdrew consent is not told about further pieces.
    successor: state === 'not_consented' || !successor ? null : { title: successor.title, version: successor.version },
    asked,
    now,
  }
}

/** The invitation behind a token, while it can be answered; undefined for everything else. */
export async function findAsk(deps: Deps, token: string): Promise<LinkRow | undefined> {
  const { claimed, genuine } = readToken(deps, token)
  const link = await findLink(deps.db, claimed)
  return genuine && link && isAsk(link, deps.now()) ? link : undefined
}
