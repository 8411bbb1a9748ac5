import type { contentEndpoints, Input, Output } from '@vouch/contract'
import { sql, type Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { askRendition } from '../renditions/ask-rendition.ts'
import { born, findStarted } from './create-draft.ts'
import { lockPiece, type PieceRow } from './piece-lock.ts'
import { decideStep, readStepFacts } from './step-facts.ts'
import { writePostings } from '../write-postings.ts'

type Endpoint = typeof contentEndpoints.newVersion

/**
 * Begins the next version as a draft of the same words, pages and file, with no signature: what is changed is signed
 * anew from the first step on. One open version a document; the same request id gets the same draft.
 */
export async function newVersion(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  return transact(deps.db, async (trx) => {
    const read = await readStepFacts(trx, await lockPiece(trx, asked.contentItemId))
    const { piece, others } = read
    // Under the lock of the document, so that a repetition finds what the first one made.
    const repeated = await findStarted({ db: trx }, me.personId, asked.requestId)
    if (repeated && repeated.documentId !== piece.documentId) throw new AppError('request_id_reused')
    if (repeated) return repeated
    const at = deps.now()
    const roles = await findRoles(trx, me.personId, at)
    const step = { action: 'new_version' as const, actorId: me.personId, roles }
    const decision = await decideStep(deps, trx, { read, at, asked: step })
    if (!decision.allowed) return { outcome: 'refused', refusals: decision.refusals }

    const version = Math.max(piece.version, ...others.map((other) => other.version)) + 1
    const contentItemId = deps.newId()
    await copyPiece(trx, piece, { id: contentItemId, version, ...born(me, asked, at) })
    if (piece.fileHash && (piece.kind === 'video' || piece.pageCount === 0)) await askRendition(trx, at, piece.fileHash)
    await writePostings(trx, at, contentItemId)
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'content.version_started', subjectId: contentItemId, detail: { documentId: piece.documentId } },
      before: { contentItemId: piece.contentItemId, version: piece.version, lifeState: piece.state },
      after: { contentItemId, version, lifeState: 'draft' },
    })
    return { outcome: 'done', contentItemId, documentId: piece.documentId, version, revision: 1 }
  })
}

const copied = [
  ...(['documentId', 'kind', 'class', 'product', 'market', 'language', 'audience', 'ways', 'title'] as const),
  ...(['shortTitle', 'searchText', 'cardTitle', 'cardDesc', 'cardHash', 'approvalNumber', 'effectiveAt'] as const),
  ...(['expiresAt', 'fileHash', 'fileBytes', 'fileName', 'mime', 'pageCount', 'seconds', 'body'] as const),
  ...(['mayForward', 'aliases', 'tags', 'hospitalGrades', 'territories', 'repGroups', 'textHash'] as const),
  ...(['captions', 'captionsLanguage'] as const),
] as const

type Born = ReturnType<typeof born> & { id: string; version: number }

/** Within the database: a text may be half a megabyte, and pages are many. */
async function copyPiece(trx: Transaction<Database>, piece: PieceRow, given: Born): Promise<void> {
  const names = Object.keys(given) as (keyof Born)[]
  await trx
    .insertInto('contentItem')
    .columns([...copied, ...names])
    .expression((eb) =>
      eb
        .selectFrom('contentItem')
        .select([...copied, ...names.map((name) => sql.val(given[name]).as(name))])
        .where('id', '=', piece.contentItemId),
    )
    .execute()
  const page = ['number', 'width', 'height', 'placeholder', 'text', 'headings', 'correctedBy', 'correctedAt'] as const
  await trx
    .insertInto('contentPage')
    .columns(['contentItemId', ...page])
    .expression((eb) =>
      eb
        .selectFrom('contentPage')
        .select([sql.val(given.id).as('contentItemId'), ...page])
        .where('contentItemId', '=', piece.contentItemId),
    )
    .execute()
  const script = ['position', 'documentId'] as const
  await trx
    .insertInto('scriptPiece')
    .columns(['contentItemId', ...script])
    .expression((eb) =>
      eb
        .selectFrom('scriptPiece')
        .select([sql.val(given.id).as('contentItemId'), ...script])
        .where('contentItemId', '=', piece.contentItemId),
    )
    .execute()
}
