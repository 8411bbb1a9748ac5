import type { Input, matchingEndpoints, Output } from '@vouch/contract'
import type { Kysely, Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { errnoOf, transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { lockContact } from '../../sends/queries.ts'
import { accountWriters } from '../accounts/account-roles.ts'
import { detailsOf, differencesOf } from './change-details.ts'
import { checkLicence, holdsCitizenId } from './licence-number.ts'
import { callReviewers } from './match-notices.ts'

type Endpoint = typeof matchingEndpoints.askChange
type Asked = Input<Endpoint>
const duplicateKey = 1062

/**
 * Asks the office for a doctor who is not in the list, or says that a detail of the matched one is wrong. What is asked
 * again while it waits takes the place of what was asked before; the same request asks once. No number that holds a
 * citizen's id is kept.
 */
export async function askChange(deps: Deps, repId: string, asked: Asked): Promise<Output<Endpoint>> {
  checkWords(asked)
  const photo = asked.photoId === null ? null : await loadPhoto(deps.db, repId, asked.photoId)
  try {
    return await transact(deps.db, (trx) => askWithin(deps, trx, { repId, asked, photo }))
  } catch (fault) {
    if (errnoOf(fault) !== duplicateKey) throw fault
    return transact(deps.db, (trx) => askWithin(deps, trx, { repId, asked, photo }))
  }
}

type Photo = { photoHash: string; photoMime: string } | null
type Asking = { repId: string; asked: Asked; photo: Photo }

function checkWords(asked: Asked): void {
  const refuse = (field: keyof Asked) => new AppError('bad_request', { field })
  if (asked.licenceNumber !== '' && checkLicence(asked.licenceNumber)) throw refuse('licenceNumber')
  for (const field of ['name', 'hospital', 'department', 'title', 'note'] as const)
    if (holdsCitizenId(asked[field])) throw refuse(field)
}

async function askWithin(deps: Deps, trx: Transaction<Database>, { repId, asked, photo }: Asking) {
  const contact = await lockContact(trx, repId, asked.externalUserId)
  const repeated = await findAsked(trx, repId, asked.requestId)
  if (repeated) return sameAs(repeated, asked)
  const accountId = await accountOf(trx, asked, contact.accountId)
  const at = deps.now()
  const openFor = `${repId} ${accountId ?? asked.externalUserId}`
  const { requestId, kind, externalUserId, name, title, hospital, department, licenceNumber, note } = asked
  const words = {
    ...{ requestId, name, title, hospital, department, licenceNumber, note, askedAt: at },
    ...{ photoHash: photo?.photoHash ?? null, photoMime: photo?.photoMime ?? '' },
  }
  const open = await lockOpen(trx, openFor)
  const changeId = open?.id ?? deps.newId()
  if (open) await trx.updateTable('accountChange').set(words).where('id', '=', changeId).execute()
  else
    await trx
      .insertInto('accountChange')
      .values({ ...words, id: changeId, repId, kind, externalUserId, accountId, life: 'waiting', openFor })
      .execute()
  await appendAudit(trx, deps.newId(), { kind: 'rep', id: repId }, at, {
    ...{ event: 'account.change_asked', subjectId: changeId, accountId },
    detail: { kind, externalUserId, photo: photo !== null, again: open !== undefined },
  })
  await callReviewers(trx, deps, at, { kind: 'change_review', roles: accountWriters, by: repId })
  return { changeId }
}

function findAsked(trx: Transaction<Database>, repId: string, requestId: string) {
  return trx
    .selectFrom('accountChange')
    .select(['id', 'kind', 'externalUserId'])
    .where('repId', '=', repId)
    .where('requestId', '=', requestId)
    .executeTakeFirst()
}

function sameAs(found: { id: string; kind: string; externalUserId: string }, asked: Asked): Output<Endpoint> {
  if (found.kind !== asked.kind || found.externalUserId !== asked.externalUserId)
    throw new AppError('request_id_reused')
  return { changeId: found.id }
}

function lockOpen(trx: Transaction<Database>, openFor: string) {
  return trx
    .selectFrom('accountChange')
    .select('id')
    .where('openFor', '=', openFor)
    .where('life', '=', 'waiting')
    .forUpdate()
    .executeTakeFirst()
}

/** Whose detail is wrong; something has to be. Nobody is asked for who is there: a matched contact is `already_matched`. */
async function accountOf(trx: Transaction<Database>, asked: Asked, matched: string | null): Promise<string | null> {
  if (asked.kind === 'new') {
    if (matched) throw new AppError('already_matched')
    return null
  }
  if (!matched) throw new AppError('account_not_found')
  const changes = differencesOf(await detailsOf(trx, matched), asked)
  if (changes.length === 0 && asked.note === '') throw new AppError('bad_request', { field: 'note' })
  return matched
}

async function loadPhoto(db: Kysely<Database>, repId: string, photoId: string): Promise<NonNullable<Photo>> {
  const found = await db
    .selectFrom('upload')
    .innerJoin('storedFile', 'storedFile.fileHash', 'upload.fileHash')
    .select(['storedFile.fileHash as photoHash', 'storedFile.mime as photoMime'])
    .where('upload.id', '=', photoId)
    .where('upload.personId', '=', repId)
    .where('upload.purpose', '=', 'evidence')
    .where('upload.state', '=', 'stored')
    .executeTakeFirst()
  if (!found) throw new AppError('upload_not_found')
  return found
}
