import type { consentEndpoints, Input, Output, repEndpoints } from '@vouch/contract'
import type { Kysely } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { errnoOf, transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { ConsentPaperTable } from '../../db/tables/consents.ts'
import type { Actor, Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { followedBy } from '../../sends/around-queries.ts'

type Entered = Output<typeof consentEndpoints.enterPaper>
const duplicateKey = 1062

/** Enters the scan of a consent on paper for the office: whose it is, what for, and the day on it. */
export async function enterPaper(
  deps: Deps,
  me: Session,
  asked: Input<typeof consentEndpoints.enterPaper>,
): Promise<Entered> {
  const account = await deps.db.selectFrom('account').select('id').where('id', '=', asked.accountId).executeTakeFirst()
  if (!account) throw new AppError('account_not_found')
  return enter(deps, { kind: 'admin', id: me.personId }, { ...asked, enteredIn: 'office' })
}

/** The same for a rep, of the doctor of a chat of their own. Whom they do not follow is `contact_not_found`. */
export async function enterPaperInChat(
  deps: Deps,
  me: Session,
  asked: Input<typeof repEndpoints.enterPaper>,
): Promise<Entered> {
  const accountId = await loadDoctor(deps.db, me.personId, asked.externalUserId)
  return enter(deps, { kind: 'rep', id: me.personId }, { ...asked, accountId, enteredIn: 'chat' })
}

/** The doctor behind a contact this rep follows now. Throws `contact_not_found`, also where nobody was matched yet. */
export async function loadDoctor(db: Kysely<Database>, repId: string, externalUserId: string): Promise<string> {
  const contact = await followedBy(db, [{ repId, externalUserId }])
    .select('externalContact.accountId')
    .where('contactFollow.following', '=', 1)
    .executeTakeFirst()
  if (!contact?.accountId) throw new AppError('contact_not_found')
  return contact.accountId
}

type Paper = Pick<ConsentPaperTable, 'accountId' | 'language' | 'requestId'> & {
  uploadId: string
  purposes: readonly string[]
  signedOn: string
  note: string
  enteredIn: 'office' | 'chat'
}

/**
 * Nothing is consented to before somebody else confirms it. The same request enters a paper once; for another doctor it is
 * `request_id_reused`.
 */
async function enter(deps: Deps, actor: Actor, paper: Paper): Promise<Entered> {
  const { db, now, newId } = deps
  const signedAt = new Date(`${paper.signedOn}T00:00:00+08:00`)
  if (signedAt > now()) throw new AppError('bad_request', { field: 'signedOn' })
  const repeated = await findEntered(db, actor, paper)
  if (repeated) return repeated
  const scan = await loadScan(db, actor, paper.uploadId)
  const paperId = newId()
  const { accountId, language, note, requestId, enteredIn } = paper
  const purposes = [...new Set(paper.purposes)].join()
  try {
    await transact(db, async (trx) => {
      const at = now()
      await trx
        .insertInto('consentPaper')
        .values({
          ...{ id: paperId, accountId, purposes, language, signedAt, note, requestId, ...scan, stage: 'waiting' },
          ...{ enteredBy: actor.id, enteredIn, enteredAt: at, settledBy: null, settledAt: null },
        })
        .execute()
      await appendAudit(trx, newId(), actor, at, {
        ...{ event: 'consent_paper.entered', subjectId: paperId, accountId },
        detail: { purposes, fileHash: scan.fileHash, signedAt },
      })
    })
  } catch (fault) {
    if (errnoOf(fault) !== duplicateKey) throw fault
    const entered = await findEntered(db, actor, paper)
    if (entered) return entered
    throw fault
  }
  return { paperId }
}

async function findEntered(db: Kysely<Database>, actor: Actor, paper: Paper): Promise<Entered | undefined> {
  const found = await db
    .selectFrom('consentPaper')
    .select(['id as paperId', 'accountId'])
    .where('enteredBy', '=', actor.id)
    .where('requestId', '=', paper.requestId)
    .executeTakeFirst()
  if (found && found.accountId !== paper.accountId) throw new AppError('request_id_reused')
  return found && { paperId: found.paperId }
}

async function loadScan(db: Kysely<Database>, actor: Actor, uploadId: string) {
  const scan = await db
    .selectFrom('upload')
    .innerJoin('storedFile', 'storedFile.fileHash', 'upload.fileHash')
    .select(['storedFile.fileHash', 'upload.fileName', 'storedFile.mime'])
    .where('upload.id', '=', uploadId)
    .where('upload.personId', '=', actor.id)
    .where('upload.purpose', '=', 'paper')
    .where('upload.state', '=', 'stored')
    .executeTakeFirst()
  if (!scan) throw new AppError('upload_not_found')
  return scan
}
