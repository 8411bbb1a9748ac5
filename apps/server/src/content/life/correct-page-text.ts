import type { contentEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { sha256 } from '../../secrets.ts'
import { saveDraft } from './edit-draft.ts'
import { lockPiece } from './piece-lock.ts'
import { decideStep, readStepFacts } from './step-facts.ts'
import { addWriter } from './writers.ts'
import { findTextHash } from '../renditions/take-pages.ts'
import { writePostings } from '../write-postings.ts'

type Endpoint = typeof contentEndpoints.correctPageText

/** Puts right what was read from a page of a draft: what is found and read aloud is part of what is signed. */
export async function correctPageText(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { contentItemId, number, text } = asked
  return transact(deps.db, async (trx) => {
    const read = await readStepFacts(trx, await lockPiece(trx, contentItemId))
    const at = deps.now()
    const roles = await findRoles(trx, me.personId, at)
    const decision = await decideStep(deps, trx, { read, at, asked: { action: 'edit', actorId: me.personId, roles } })
    if (!decision.allowed) return { outcome: 'refused', refusals: decision.refusals }
    if (read.piece.revision !== asked.revision) throw new AppError('stale_revision')
    const page = await trx
      .selectFrom('contentPage')
      .select('text')
      .where('contentItemId', '=', contentItemId)
      .where('number', '=', number)
      .executeTakeFirst()
    if (!page) throw new AppError('bad_request', { field: 'number' })
    if (page.text === text) return { outcome: 'done', contentItemId, revision: asked.revision }

    await trx
      .updateTable('contentPage')
      .set({ text, correctedBy: me.personId, correctedAt: at })
      .where('contentItemId', '=', contentItemId)
      .where('number', '=', number)
      .execute()
    const revision = asked.revision + 1
    await saveDraft(trx, read.piece, { ...(await findTextHash(trx, contentItemId)), revision })
    await writePostings(trx, at, contentItemId)
    await addWriter(trx, { contentItemId, personId: me.personId, at })
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'content.text_corrected', subjectId: contentItemId, detail: { number, revision } },
      ...{ before: { textHash: sha256(page.text) }, after: { textHash: sha256(text) } },
    })
    return { outcome: 'done', contentItemId, revision }
  })
}
