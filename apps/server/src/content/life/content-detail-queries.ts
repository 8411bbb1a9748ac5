import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

/** What the page of one version shows beyond what its steps look at. */
export function findShown(db: Kysely<Database>, contentItemId: string) {
  return db
    .selectFrom('contentItem')
    .leftJoin('person', 'person.id', 'contentItem.ownerId')
    .leftJoin('rendition', 'rendition.fileHash', 'contentItem.fileHash')
    .select(['contentItem.body', 'contentItem.fileBytes', 'contentItem.withdrawnReason', 'contentItem.returnedReason'])
    .select('contentItem.captions')
    .select(['contentItem.supersededBy', 'person.name as owner'])
    .select(['rendition.state as stage', 'rendition.problem', 'rendition.pagesDone', 'rendition.pageCount as pagesOf'])
    .where('contentItem.id', '=', contentItemId)
    .executeTakeFirstOrThrow()
}

export function findPages(db: Kysely<Database>, contentItemId: string) {
  return db
    .selectFrom('contentPage')
    .select(['number', 'width', 'height', 'placeholder', 'text', 'correctedAt'])
    .where('contentItemId', '=', contentItemId)
    .orderBy('number')
    .execute()
}

/** The documents of a script by their approved version, else by their newest. In the order asked for. */
export async function findScript(db: Kysely<Database>, documentIds: readonly string[]) {
  if (documentIds.length === 0) return []
  const rows = await db
    .selectFrom('contentItem')
    .select(['id', 'documentId', 'title', 'state'])
    .where('documentId', 'in', documentIds)
    .orderBy('version')
    .execute()
  return documentIds.map((documentId) => {
    const versions = rows.filter((row) => row.documentId === documentId)
    const approved = versions.findLast((row) => row.state === 'approved')
    const shown = approved ?? versions.at(-1)
    const contentItemId = shown?.id ?? null
    return { documentId, contentItemId, title: shown?.title ?? documentId, approved: approved !== undefined }
  })
}

const mostShown = 200

/** What happened to a version, the newest last; who merely looked is on record and not shown here. */
export async function findTrail(db: Kysely<Database>, contentItemId: string) {
  const newest = await db
    .selectFrom('auditEntry')
    .leftJoin('person', 'person.id', 'auditEntry.actorId')
    .select(['auditEntry.at', 'auditEntry.actorKind', 'auditEntry.actorId', 'auditEntry.event', 'auditEntry.reason'])
    .select(['auditEntry.detail', 'person.name'])
    .where('auditEntry.subjectId', '=', contentItemId)
    .where('auditEntry.event', 'not in', ['content.viewed', 'content.effect_viewed', 'content.readers_viewed'])
    .orderBy('auditEntry.id', 'desc')
    .limit(mostShown)
    .execute()
  return newest.toReversed()
}

/** Whether this person's look at a version is on record since then: a page that asks again is one look. */
export async function wasViewed(
  db: Kysely<Database>,
  { contentItemId, personId, since }: { contentItemId: string; personId: string; since: Date },
): Promise<boolean> {
  const found = await db
    .selectFrom('auditEntry')
    .select('id')
    .where('subjectId', '=', contentItemId)
    .where('event', '=', 'content.viewed')
    .where('actorId', '=', personId)
    .where('at', '>', since)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** What a form can choose from, each with what it is called; grades are those that hospitals have. */
export async function findChoices(db: Kysely<Database>) {
  const [products, specialties, territories, repGroups, grades, policy] = await Promise.all([
    db.selectFrom('product').select(named).orderBy('code').execute(),
    findNamed(db, 'specialty'),
    findNamed(db, 'territory'),
    db.selectFrom('repGroup').select(named).orderBy('code').execute(),
    db.selectFrom('hospital').select('grade').distinct().where('grade', '!=', '').orderBy('grade').execute(),
    db.selectFrom('policy').select('market').orderBy('version', 'desc').limit(1).executeTakeFirst(),
  ])
  const hospitalGrades = grades.map((row) => row.grade)
  return { products, specialties, territories, hospitalGrades, repGroups, market: policy?.market ?? '' }
}
const named = ['code', 'name', 'nameEn'] as const

/** Those that have a name, and those that HCPs have without one: these are called by their code. */
async function findNamed(db: Kysely<Database>, of: 'specialty' | 'territory') {
  const [known, used] = await Promise.all([
    db.selectFrom(of).select(named).orderBy('code').execute(),
    db.selectFrom('account').select(`${of} as code`).distinct().where(of, '!=', '').orderBy('code').execute(),
  ])
  const nameless = used.filter(({ code }) => known.every((one) => one.code !== code))
  return [...known, ...nameless.map(({ code }) => ({ code, name: code, nameEn: code }))]
}
