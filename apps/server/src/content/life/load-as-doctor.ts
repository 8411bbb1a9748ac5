import type { contentEndpoints, Output } from '@vouch/contract'
import type { MessageKind } from '@vouch/rules'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findAsDoctor, hasEnded, someone, type AsDoctorRow } from '../../evidence/as-doctor-queries.ts'
import type { Session } from '../../people/sessions.ts'
import { listOf } from '../../sends/around-queries.ts'
import { fillNames } from '../queries.ts'
import { findScript } from './content-detail-queries.ts'
import { recordLook } from './record-look.ts'

type AsDoctor = Output<typeof contentEndpoints.loadAsDoctor>
type Shown = AsDoctor['pieces'][number]

/** What reaches a doctor of one version, for the office; a script is its pieces. The look is one at the version, and no reading. */
export async function loadAsDoctor(deps: Deps, me: Session, contentItemId: string): Promise<AsDoctor> {
  const [row] = await findAsDoctor(deps.db, [contentItemId])
  if (!row) throw new AppError('content_not_found')
  const script = await findScript(deps.db, listOf(row.scriptPieces))
  const ids = script.flatMap((one) => one.contentItemId ?? [])
  const rows = row.kind === 'script' ? await findAsDoctor(deps.db, ids) : [row]
  await recordLook(deps, me, contentItemId)
  const { title, version, kind, state: lifeState } = row
  const pieces = rows
    .toSorted((one, other) => ids.indexOf(one.contentItemId) - ids.indexOf(other.contentItemId))
    .map((one) => shownOf(one, deps.now()))
  return { contentItemId, title, version, kind, lifeState, pieces }
}

function shownOf(row: AsDoctorRow, now: Date): Shown {
  const { contentItemId, title, version, kind, state: lifeState, language, fileHash, seconds } = row
  const page = pageOf(row)
  return {
    ...{ contentItemId, title, version, kind, lifeState, language, seconds, page },
    ways: listOf(row.ways) as MessageKind[], // written from the same list
    card: { title: row.cardTitle, desc: row.cardDesc, picture: `/card/${row.cardHash ?? 'plain'}.jpg` },
    words: fillNames(row.words, { doctor: someone, rep: someone }),
    file: fileHash ? { name: row.fileName, bytes: Number(row.fileBytes) } : null,
    picture: kind === 'image' && row.drawn ? `/api/console/content/${contentItemId}/pages/1/480.webp` : null,
    ...{ done: row.pagesDone ?? 0, of: row.pagesOf ?? 0, problem: row.problem },
    ended: hasEnded(row, now),
    replacedBy: lifeState === 'superseded' ? row.nextId : null,
  }
}

/** Whether a page stands behind the link that is sent, and whether it can be drawn already. */
function pageOf(row: AsDoctorRow): Shown['page'] {
  const ways = listOf(row.ways)
  const linked = ways.length === 0 || ways.includes('news') || ways.includes('miniprogram')
  if (row.kind === 'phrase' || row.kind === 'script' || !linked) return 'none'
  if (row.class === 'consent') return 'ready'
  if (row.kind === 'article') return row.hasBody ? 'ready' : 'missing'
  if (!row.fileHash) return 'missing'
  if (row.stage === 'failed') return 'failed'
  if (row.kind === 'video' || row.drawn) return 'ready'
  return row.stage === 'waiting' ? 'waiting' : 'drawing'
}
