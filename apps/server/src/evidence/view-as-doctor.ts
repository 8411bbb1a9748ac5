import type { Ended, Reading } from '@vouch/hcp/render'
import { endedSince } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findAsDoctor, hasEnded, someone, stateAtDoctor, type AsDoctorRow } from './as-doctor-queries.ts'
import { findFollower, findShown } from './queries.ts'
import { readingOf } from './reading-of.ts'

type Asked = { contentItemId: string; show: 'reading' | 'ended'; path: string }

/**
 * What a doctor's page at a link of this version shows, for somebody of the office: the piece, or its end. It only reads:
 * nothing here is a visit, an opening or a look. Null where the page is the question for consent.
 */
export async function viewAsDoctor(deps: Deps, { contentItemId, show, path }: Asked): Promise<Reading | Ended | null> {
  const row = await loadAsDoctorRow(deps, contentItemId)
  const now = deps.now()
  if (show === 'ended') return endOf(deps, row, now)
  if (row.class === 'consent') return null
  const shown = await findShown(deps.db, contentItemId)
  const around = { path, sender: someone, sentAt: now, addressee: someone, recordsReading: false, replaces: null }
  return readingOf(row, shown, around)
}

/** Throws `content_not_found`. */
export async function loadAsDoctorRow({ db }: Pick<Deps, 'db'>, contentItemId: string): Promise<AsDoctorRow> {
  const [row] = await findAsDoctor(db, [contentItemId])
  if (!row) throw new AppError('content_not_found')
  return row
}

/** As it ended, or as it would if it were withdrawn now. */
async function endOf({ db }: Deps, row: AsDoctorRow, now: Date): Promise<Ended> {
  const { facts, is } = stateAtDoctor(row, now)
  const ended = is !== 'live' && hasEnded(row, now)
  const why = ended ? is : 'withdrawn'
  const successor = await findFollower(db, row, now)
  return {
    page: 'ended',
    why,
    since: ended ? endedSince(facts, is) : now,
    reason: why === 'withdrawn' ? (row.withdrawnReason ?? '') : '',
    sender: someone,
    successor: successor ? { title: successor.title, version: successor.version } : null,
    asked: false,
    now,
  }
}
