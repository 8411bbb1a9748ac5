import { consentWriters } from '../consents/consent-roles.ts'
import { welcomeApprovers } from '../contacts/codes/code-roles.ts'
import { noticeRepairers } from '../outbox/list-failed-notices.ts'
import { kindOf } from '../outbox/notice-kinds.ts'
import { never } from '../outbox/queries.ts'
import { findWaiting } from '../people/roles/change-queries.ts'
import { findGranters } from '../people/roles/granters.ts'
import { roleWords } from '../people/roles/role-words.ts'
import { policyWriters } from '../policy/policy-roles.ts'
import { findRecentUnknown } from '../sends/find-recent-unknown.ts'
import { checksToMend } from './checks-to-mend.ts'
import { mostCounted, othersOf, waitingSince, type Asked, type Part, type Waiting } from './part.ts'

const days = { texts: 3, roles: 3, unknown: 1, quarantine: 1, braked: 1, notices: 1 }

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

/** Whoever grants roles: local administrators too while there are too few (people/roles/granters.ts). */
async function findRoleChanges({ db, personId, at }: Asked): Promise<Waiting | undefined> {
  const granters = await findGranters(db, at)
  if (!granters.ids.includes(personId)) return undefined
  const waiting = await findWaiting(db, { granters, me: personId })
  const rows = waiting.filter(({ mayDecide }) => mayDecide)
  return waitingSince(
    rows.map(({ changeId, person, role, askedBy, askedAt }) => {
      const { zh, en } = roleWords(role)
      return { rowId: changeId, title: `${person}：${zh}`, titleEn: `${person}: ${en}`, by: askedBy, at: askedAt }
    }),
    at,
    days.roles,
  )
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

const changes = { by: 'proposedBy', since: 'proposedAt', title: 'reason', waits: ['openMark', 1], days: 3 } as const

export const officeParts: Part[] = [
  { part: 'consent_texts', roles: consentWriters, find: findTexts },
  { part: 'policy_change', roles: policyWriters, find: othersOf({ ...changes, from: 'policyChange' }) },
  { part: 'welcome_change', roles: welcomeApprovers, find: othersOf({ ...changes, from: 'welcomeChange' }) },
  { part: 'role_changes', roles: ['security_admin', 'system_admin'], find: findRoleChanges },
  { part: 'unknown_sends', roles: ['compliance_officer', 'manager'], find: findUnknown },
  { part: 'vault_braked', roles: ['compliance_officer'], find: findBrake },
  { part: 'vault_quarantine', roles: ['compliance_officer'], find: findQuarantine },
  { part: 'checks', roles: ['system_admin'], find: checksToMend },
  { part: 'notices', roles: noticeRepairers, find: findNotices },
]
