import type { consentEndpoints, ConsentTextHead, Output } from '@vouch/contract'
import { consentPurposes } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { findVersions, type TextVersion } from './text-queries.ts'

/** Every version of every text, with where it stands now. */
export async function listTexts(deps: Deps, me: Session): Promise<Output<typeof consentEndpoints.listTexts>> {
  const { db, now } = deps
  const at = now()
  const texts = await findHeads(db, at)
  const open = new Set(
    texts.filter((text) => text.lifeState === 'draft' || text.lifeState === 'in_review').map((text) => text.purpose),
  )
  const mayBegin = me.roles.includes('author') ? consentPurposes.filter((purpose) => !open.has(purpose)) : []
  return { texts, mayBegin }
}

/** Which one is in force follows from days alone, so that no job has to be awake when a day comes. */
export async function findHeads(db: Kysely<Database>, now: Date): Promise<ConsentTextHead[]> {
  const versions = await findVersions(db)
  const [titles, names] = await Promise.all([findTitles(db), findNames(db, versions)])
  return versions.map((text) => ({
    ...{ version: text.version, purpose: text.purpose, material: Boolean(text.material), changeNote: text.changeNote },
    ...{ approvedAt: text.approvedAt, activeFrom: text.activeFrom, createdAt: text.createdAt },
    lifeState: lifeState(text, versions, now),
    title: titles.get(text.version) ?? '',
    author: names.get(text.authorId ?? '') ?? '',
    approvedBy: names.get(text.approvedBy ?? '') ?? '',
  }))
}

function lifeState(text: TextVersion, all: readonly TextVersion[], now: Date): ConsentTextHead['lifeState'] {
  if (text.life !== 'approved' || !text.activeFrom) return text.life === 'approved' ? 'active' : text.life
  const newer = all.some(
    (other) =>
      other.purpose === text.purpose &&
      other.version > text.version &&
      other.life === 'approved' &&
      other.activeFrom !== null &&
      other.activeFrom <= now,
  )
  if (newer) return 'superseded'
  return text.activeFrom > now ? 'scheduled' : 'active'
}

async function findTitles(db: Kysely<Database>): Promise<Map<number, string>> {
  const [signed, drafted] = await Promise.all([
    db.selectFrom('consentText').select(['version', 'title']).where('language', '=', 'zh-CN').execute(),
    db.selectFrom('consentWording').select(['version', 'title']).where('language', '=', 'zh-CN').execute(),
  ])
  return new Map([...drafted, ...signed].map((text) => [text.version, text.title]))
}

async function findNames(db: Kysely<Database>, versions: readonly TextVersion[]): Promise<Map<string, string>> {
  const ids = [...new Set(versions.flatMap(({ authorId, approvedBy }) => [authorId, approvedBy]))].filter(Boolean)
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', ids as string[]) // what is null is filtered out
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
