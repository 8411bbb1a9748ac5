import type { FileProblem } from '@vouch/contract'
import { sql, type Transaction, type Updateable } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { ContentItemTable } from '../../db/tables/content.ts'
import type { Actor, Deps } from '../../deps.ts'
import { change, type Claim } from './rendition-claims.ts'
import { takePages } from './take-pages.ts'
import { writePostings } from '../write-postings.ts'

const actor: Actor = { kind: 'system', id: 'draw-renditions' }

/** `poster` is the card picture made of a video, for pieces that have none of their own. */
type Drawn = {
  pages: number
  seconds: number
  problem: FileProblem | null
  poster: { plain: string; own: string } | null
}

/**
 * The pages of a file are there: every draft made of it gets them, in the transaction in which they count as drawn. What
 * is in review or approved has its pages already and keeps them. Throws ClaimLost.
 */
export async function recordDrawn(deps: Deps, claim: Claim, drawn: Drawn): Promise<void> {
  await transact(deps.db, async (trx) => {
    const at = deps.now()
    const { pages, problem } = drawn
    const counts = { pagesDone: pages, pageCount: pages }
    await change(trx, claim, {
      state: 'done',
      ...counts,
      problem,
      owner: null,
      ownedUntil: at,
      doneAt: at,
      attempts: 0,
    })
    const drafts = await findDrafts(trx, claim.fileHash)
    const waiting = drafts.filter((draft) => Number(draft.drawn) === 0) // the others’ words may have been corrected
    for (const draft of waiting) await giveDraft(trx, draft, { ...drawn, fileHash: claim.fileHash, at })
    const detail = { pages, problem }
    await audit(deps, trx, { at, fileHash: claim.fileHash, drafts: waiting, event: 'content.drawn', detail })
  })
}

/** No page of a file that cannot be shown is left. Throws ClaimLost. */
export async function recordFailed(deps: Deps, claim: Claim, problem: FileProblem): Promise<void> {
  await transact(deps.db, async (trx) => {
    const at = deps.now()
    const nothing = { pagesDone: 0, pageCount: 0 }
    await change(trx, claim, { state: 'failed', ...nothing, problem, owner: null, ownedUntil: at, doneAt: at })
    await trx.deleteFrom('renditionPage').where('fileHash', '=', claim.fileHash).execute()
    const drafts = await findDrafts(trx, claim.fileHash)
    const detail = { after: claim.pagesDone }
    await audit(deps, trx, {
      at,
      fileHash: claim.fileHash,
      drafts,
      event: 'content.draw_failed',
      reason: problem,
      detail,
    })
  })
}

type Draft = { id: string; kind: ContentItemTable['kind']; cardHash: string | null; drawn: number }

function findDrafts(trx: Transaction<Database>, fileHash: string): Promise<Draft[]> {
  return trx
    .selectFrom('contentItem')
    .select(['id', 'kind', 'cardHash'])
    .select(sql<number>`(select count(*) from content_page where content_item_id = content_item.id)`.as('drawn'))
    .where('fileHash', '=', fileHash)
    .where('state', '=', 'draft')
    .forUpdate()
    .execute()
}

type Given = Drawn & { fileHash: string; at: Date }

/** A video shows itself and has no pages. */
async function giveDraft(trx: Transaction<Database>, draft: Draft, given: Given): Promise<void> {
  const { fileHash, seconds, poster, at } = given
  if (draft.kind === 'video') {
    const card = poster && (draft.cardHash === null || draft.cardHash === poster.plain) ? { cardHash: poster.own } : {}
    return update(trx, draft.id, { seconds, ...card })
  }
  await update(trx, draft.id, await takePages(trx, { contentItemId: draft.id, fileHash }))
  await writePostings(trx, at, draft.id)
}

async function update(trx: Transaction<Database>, id: string, found: Updateable<ContentItemTable>): Promise<void> {
  await trx.updateTable('contentItem').set(found).where('id', '=', id).where('state', '=', 'draft').execute()
}

type Told = {
  at: Date
  fileHash: string
  drafts: Draft[]
  event: 'content.drawn' | 'content.draw_failed'
  reason?: FileProblem
  detail: Record<string, unknown>
}

/** Told of each draft; of the file itself when there is none yet. */
async function audit({ newId }: Deps, trx: Transaction<Database>, told: Told): Promise<void> {
  const { at, fileHash, drafts, detail, event } = told
  const reason = told.reason ? { reason: told.reason } : {}
  for (const subjectId of drafts.length > 0 ? drafts.map(({ id }) => id) : [fileHash]) {
    await appendAudit(trx, newId(), actor, at, { event, subjectId, ...reason, detail: { fileHash, ...detail } })
  }
}
