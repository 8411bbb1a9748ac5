import type { contentEndpoints, Input, Output } from '@vouch/contract'
import type { Insertable } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { errnoOf, transact } from '../../db/database.ts'
import type { ContentItemTable } from '../../db/tables/content.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'
import { askRendition } from '../renditions/ask-rendition.ts'
import { findSearchText, waysOf } from './draft-words.ts'
import { plainCard, takeFiles, type TakenFiles } from './piece-files.ts'
import { recordRefused } from './step-facts.ts'
import { writePostings } from '../write-postings.ts'

type Endpoint = typeof contentEndpoints.createDraft
type Asked = Input<Endpoint>

/** Begins a document with the draft of its first version. The same request id gets the same draft. */
export async function createDraft(deps: Deps, me: Session, asked: Asked): Promise<Output<Endpoint>> {
  const { db, now, newId } = deps
  const repeated = await findStarted(deps, me.personId, asked.requestId)
  if (repeated) return repeated
  if (!(await findRoles(db, me.personId, now())).includes('author')) return refuse(deps, me)
  const taken = await takeFiles(deps, me.personId, asked)
  const searchText = await findSearchText(db, { ...asked, shortTitle: '', aliases: '', approvalNumber: '' })
  const cardHash = taken.cardHash ?? (await plainCard(deps, asked.kind))
  try {
    return await transact(db, async (trx) => {
      const at = now()
      const row = { ...draftRow(asked, taken), searchText, cardHash, ...born(me, asked, at) }
      const piece = { ...row, id: newId(), documentId: asked.documentId ?? newId() }
      await trx.insertInto('contentItem').values(piece).execute()
      if (piece.fileHash) await askRendition(trx, at, piece.fileHash)
      await writePostings(trx, at, piece.id)
      const { kind, class: pieceClass, title, product, market, language, fileHash, documentId } = piece
      await appendAudit(trx, newId(), { kind: 'admin', id: me.personId }, at, {
        ...{ event: 'content.drafted', subjectId: piece.id, detail: { documentId } },
        after: { lifeState: 'draft', kind, class: pieceClass, title, product, market, language, fileHash },
      })
      return { outcome: 'done', contentItemId: piece.id, documentId, version: 1, revision: 1 }
    })
  } catch (fault) {
    if (errnoOf(fault) !== 1062) throw fault
    const made = await findStarted(deps, me.personId, asked.requestId)
    if (made) return made
    throw new AppError('bad_request', { field: 'documentId' })
  }
}

function draftRow(asked: Asked, { file }: TakenFiles) {
  const { kind, title, class: pieceClass, product, language, market } = asked
  const shown = kind === 'article' || kind === 'phrase' ? { pageCount: 1 } : {}
  return {
    ...{ kind, title, class: pieceClass, product, language, market, ways: waysOf[kind][0] ?? 'news', version: 1 },
    ...{ cardTitle: '', cardDesc: '', mime: 'text/plain', body: '', fileHash: null as string | null },
    ...shown,
    ...file,
  }
}

/** Nobody but the office sees a draft: its time in reps' lists is over before it begins. */
export function born(me: Session, { requestId }: { requestId: string }, at: Date) {
  const times = { publishedAt: at, listedUntil: at, createdAt: at }
  return { ...times, state: 'draft' as const, ownerId: me.personId, requestId } satisfies Partial<
    Insertable<ContentItemTable>
  >
}

/** What the same request made before. */
export async function findStarted({ db }: Pick<Deps, 'db'>, ownerId: string, requestId: string) {
  const found = await db
    .selectFrom('contentItem')
    .select(['id as contentItemId', 'documentId', 'version', 'revision'])
    .where('ownerId', '=', ownerId)
    .where('requestId', '=', requestId)
    .executeTakeFirst()
  return found && { outcome: 'done' as const, ...found }
}

async function refuse(deps: Deps, { personId }: Session): Promise<Output<Endpoint>> {
  const refusals = [{ reason: 'wrong_role' as const }]
  await transact(deps.db, (trx) =>
    recordRefused(deps, trx, deps.now(), {
      ...{ actorId: personId, subjectId: personId, refusals, detail: { action: 'create' } },
    }),
  )
  return { outcome: 'refused', refusals }
}
