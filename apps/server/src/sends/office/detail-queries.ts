import { policySettings } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { stillSaid } from '../../merged-records.ts'

/** What a send was decided on, by its id. */
export const findDecision = (db: Kysely<Database>, sendId: string) =>
  db
    .selectFrom('send')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .select(['send.requestId', 'send.accountId', 'send.weighed', 'send.messageDigest', 'send.policyVersion'])
    .select(['send.decidedAt', 'send.kind', 'send.outcome', 'send.contentItemId'])
    .select(['contentItem.title', 'contentItem.version', 'contentItem.approvalNumber', 'contentItem.fileHash'])
    .select(['contentItem.effectiveAt', 'contentItem.expiresAt', 'contentItem.cardTitle', 'contentItem.cardDesc'])
    .select('contentItem.cardHash')
    .where('send.id', '=', sendId)
    .executeTakeFirstOrThrow()
export type Decision = Awaited<ReturnType<typeof findDecision>>

/** The doctor as they are now, and the record that stands for them since a merge. */
export const findDoctor = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom('account')
    .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
    .leftJoin('account as whole', 'whole.id', 'account.mergedInto')
    .select(['account.id as accountId', 'account.name', 'account.title', 'account.territory', 'account.mergedInto'])
    .select(['hospital.name as hospital', 'whole.name as wholeName'])
    .select((eb) =>
      eb
        .selectFrom('accountMerge')
        .select('accountMerge.mergedAt')
        .whereRef('accountMerge.mergedId', '=', 'account.id')
        .where('accountMerge.undoneAt', 'is', null)
        .orderBy('accountMerge.mergedAt', 'desc')
        .limit(1)
        .as('mergedAt'),
    )
    .where('account.id', '=', accountId)
    .executeTakeFirst()

/** Facts with whoever they are by: a colleague, a doctor, or the system. */
export const findSendFacts = (db: Kysely<Database>, sendId: string) =>
  db
    .selectFrom('fact')
    .leftJoin('person', 'person.id', 'fact.author')
    .leftJoin('account', 'account.id', 'fact.author')
    .select(['fact.kind', 'fact.at', 'fact.clientAt', 'fact.late', 'fact.code', 'fact.author'])
    .select(['person.name as person', 'account.name as doctor'])
    .where('fact.sendId', '=', sendId)
    .orderBy('fact.at')
    .orderBy('fact.kind')
    .execute()

export const findPolicy = (db: Kysely<Database>, version: number) =>
  db
    .selectFrom('policy')
    .select(['version', 'holdsFrom', ...policySettings])
    .where('version', '=', version)
    .executeTakeFirst()

/** The doctor's newest word on receiving by that moment; a word that was taken back with a merge counts no more. */
export const findWordBy = (db: Kysely<Database>, records: string[], at: Date) =>
  db
    .selectFrom('consent')
    .leftJoin('consentText', (join) =>
      join
        .onRef('consentText.version', '=', 'consent.textVersion')
        .onRef('consentText.language', '=', 'consent.language'),
    )
    .select(['consent.id as consentId', 'consent.statement', 'consent.textVersion', 'consent.textHash'])
    .select(['consent.language', 'consent.channel', 'consent.identity', 'consent.statedAt'])
    .select('consentText.title as textTitle')
    .where('consent.accountId', 'in', records)
    .where('consent.purpose', '=', 'receive')
    .where('consent.statedAt', '<=', at)
    .where(stillSaid('consent'))
    .orderBy('consent.statedAt', 'desc')
    .orderBy((eb) => eb('consent.statement', '=', 'opted_in'))
    .orderBy('consent.id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const findApprovals = (db: Kysely<Database>, contentItemId: string) =>
  db
    .selectFrom('contentApproval')
    .leftJoin('person', 'person.id', 'contentApproval.personId')
    .select(['contentApproval.step', 'contentApproval.signedAt as at', 'contentApproval.signedHash'])
    .select(['contentApproval.personName', 'person.name'])
    .where('contentApproval.contentItemId', '=', contentItemId)
    .orderBy('contentApproval.signedAt')
    .execute()

export const findRevocation = (db: Kysely<Database>, sendId: string) =>
  db
    .selectFrom('linkRevocation')
    .leftJoin('person', 'person.id', 'linkRevocation.revokedBy')
    .select(['linkRevocation.revokedBy as personId', 'linkRevocation.revokedAt as at', 'person.name'])
    .where('linkRevocation.sendId', '=', sendId)
    .executeTakeFirst()
