import { consentWriters } from '../consents/consent-roles.ts'
import { policyWriters } from '../policy/policy-roles.ts'
import { noticeRepairers } from '../outbox/list-failed-notices.ts'
import { kindOf } from '../outbox/notice-kinds.ts'
import { never } from '../outbox/queries.ts'
import { findRecentUnknown } from '../sends/find-recent-unknown.ts'
import { checksToMend } from './checks-to-mend.ts'
import { mostCounted, waitingSince, type Asked, type Part, type Waiting } from './part.ts'

const days = { policy: 3, texts: 3, unknown: 1, quarantine: 1, braked: 1, notices: 1 }

/** Texts of consent that somebody else wrote and that wait for the signature of compliance. */
async function findTexts({ db, personId, at }: Asked): Promise<Waiting> {
  const rows = await db
    .selectFrom('consentTextVersion')
    .innerJoin('consentWording', (join) =>
      join
        .onRef('consentWording.version', '=', 'consentTextVersion.version')
        .on('consentWording.language', '=', 'zh-CN'),
    )
    .select(['consentTextVersion.version', 'consentWording.title', 'consentTextVersion.submittedAt'])
    .select('consentTextVersion.createdAt')
    .where('consentTextVersion.life', '=', 'in_review')
    .where((eb) => eb.or([eb('authorId', 'is', null), eb('authorId', '!=', personId)]))
    .where((eb) => eb.or([eb('submittedBy', 'is', null), eb('submittedBy', '!=', personId)]))
    .orderBy('consentTextVersion.version')
    .limit(mostCounted + 1)
    .execute()
  return waitingSince(
    rows.map(({ version, title, submittedAt, createdAt }) => ({
      ...{ rowId: String(version), title: `${title} v${version}`, at: submittedAt ?? createdAt },
    })),
    at,
    days.texts,
  )
}

async function findPolicyChange({ db, personId, at }: Asked): Promise<Waiting> {
  const rows = await db
    .selectFrom('policyChange')
    .innerJoin('person', 'person.id', 'policyChange.proposedBy')
    .select(['policyChange.id as rowId', 'policyChange.reason as title', 'person.name as by'])
    .select('policyChange.proposedAt as at')
    .where('policyChange.openMark', '=', 1)
    .where('policyChange.proposedBy', '!=', personId)
    .execute()
  return waitingSince(rows, at, days.policy)
}

/** What is unknown since a day or longer and nobody has said a word on; only the rep can, so here one sees whose. */
async function findUnknown({ db, at, scope }: Asked): Promise<Waiting> {
  const rows = scope?.length === 0 ? [] : await findRecentUnknown(db, { at, scope, most: mostCounted + 1 })
  return waitingSince(rows, at, days.unknown)
}

async function findBrake({ db, at }: Asked): Promise<Waiting> {
  const rows = await db
    .selectFrom('vaultConnection')
    .select(['brakedAt', 'brakeReason'])
    .where('id', '=', 1)
    .where('brakedAt', 'is not', null)
    .execute()
  return waitingSince(
    rows.flatMap(({ brakedAt, brakeReason }) =>
      brakedAt ? [{ rowId: 'vault', title: brakeReason, at: brakedAt }] : [],
    ),
    at,
    days.braked,
  )
}

async function findQuarantine({ db, at }: Asked): Promise<Waiting> {
  const rows = await db
    .selectFrom('vaultVersion')
    .select(['vaultId', 'major', 'minor', 'title', 'quarantinedAt'])
    .where('quarantinedAt', 'is not', null)
    .where('quarantine', 'is not', null)
    .where('quarantine', '!=', 'braked')
    .where('releasedBy', 'is', null)
    .orderBy('quarantinedAt')
    .orderBy('vaultId')
    .limit(mostCounted + 1)
    .execute()
  return waitingSince(
    rows.map(({ vaultId, major, minor, title, quarantinedAt }) => ({
      ...{ rowId: String(vaultId), title: `${title || vaultId} v${major}.${minor}`, at: quarantinedAt ?? at },
    })),
    at,
    days.quarantine,
  )
}

async function findNotices({ db, at }: Asked): Promise<Waiting> {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('person', 'person.id', 'outbox.toPerson')
    .select(['outbox.id as rowId', 'outbox.kind', 'outbox.createdAt as at', 'person.name as by'])
    .where('outbox.sentAt', 'is', null)
    .where('outbox.runAt', '=', never)
    .where('person.status', '=', 'active')
    .orderBy('outbox.id')
    .limit(mostCounted + 1)
    .execute()
  return waitingSince(
    rows.map(({ kind, ...row }) => {
      const { zh, en } = kindOf(kind)?.name ?? { zh: kind, en: kind }
      return { ...row, title: zh, titleEn: en }
    }),
    at,
    days.notices,
  )
}

export const officeParts: Part[] = [
  { part: 'consent_texts', roles: consentWriters, find: findTexts },
  { part: 'policy_change', roles: policyWriters, find: findPolicyChange },
  { part: 'unknown_sends', roles: ['compliance_officer', 'manager'], find: findUnknown },
  { part: 'vault_braked', roles: ['compliance_officer'], find: findBrake },
  { part: 'vault_quarantine', roles: ['compliance_officer'], find: findQuarantine },
  { part: 'checks', roles: ['system_admin'], find: checksToMend },
  { part: 'notices', roles: noticeRepairers, find: findNotices },
]
