import { mediaLifeMs } from '@vouch/wecom'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { mediaNameColumn } from '../media-name.ts'
import { sha256 } from '../secrets.ts'

/** WeCom keeps a file 3 days; it is uploaded again this long before that. */
const aheadMs = 12 * 3_600_000
/** Files nobody looked at for so long are not kept with WeCom. */
const wantedMs = 30 * 86_400_000
const atOnce = 10
/** For a piece whose file came without a name: its title has no ending. */
const extensions: Partial<Record<string, string>> = {
  'application/pdf': '.pdf',
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'video/mp4': '.mp4',
}
const knownEnding = /\.(?:pdf|png|jpe?g|mp4|pptx|docx)$/i
const longestMs = 50_000

type Medium = Awaited<ReturnType<typeof findDue>>[number]
type Problem = 'file_missing' | 'file_changed' | 'refused' | 'unavailable'

/**
 * Uploads the files of approved content that are wanted and not, or soon no longer, with WeCom. Bytes that are not the
 * approved ones are never uploaded. Throws `wecom_unavailable` when WeCom does not answer.
 */
export async function refreshMedia(deps: Deps): Promise<void> {
  const endsAt = performance.now() + longestMs
  const done = new Set<string>()
  for (const medium of await findDue(deps.db, deps.now())) {
    const key = `${medium.kind} ${medium.fileHash} ${medium.fileName}`
    if (done.has(key)) continue // two pieces with the same file and name
    if (performance.now() > endsAt) return
    done.add(key)
    await refresh(deps, medium)
  }
}

/** After n failures a file rests 5 s × 2^n, at most an hour. */
function findDue(db: Kysely<Database>, now: Date) {
  const restsUntil = sql<Date>`date_add(media.tried_at, interval least(3600, 5 * pow(2, least(media.attempts, 10))) second)`
  const soon = new Date(now.getTime() + aheadMs)
  return db
    .selectFrom('media')
    .modifyFront(sql`straight_join`) // what is due, then its pieces; not every piece in force, whether its file is due
    .innerJoin('contentItem', 'contentItem.fileHash', 'media.fileHash')
    .select(['media.fileHash', 'media.kind', 'media.fileName', 'media.attempts', 'contentItem.mime'])
    .where('media.fileName', '=', mediaNameColumn)
    .where('contentItem.state', '=', 'approved')
    .where('contentItem.heldReason', 'is', null)
    .where('contentItem.expiredAt', 'is', null)
    .where((eb) => eb.or([eb('contentItem.expiresAt', 'is', null), eb('contentItem.expiresAt', '>', now)]))
    .where((eb) => eb.or([eb('contentItem.effectiveAt', 'is', null), eb('contentItem.effectiveAt', '<', soon)]))
    .where('media.wantedAt', '>', new Date(now.getTime() - wantedMs))
    .where((eb) => eb.or([eb('media.expiresAt', 'is', null), eb('media.expiresAt', '<', soon)]))
    .where((eb) => eb.or([eb('media.triedAt', 'is', null), eb(restsUntil, '<=', now)]))
    .orderBy('media.wantedAt', 'desc')
    .limit(atOnce)
    .execute()
}

async function refresh(deps: Deps, medium: Medium): Promise<void> {
  const at = deps.now()
  const bytes = await deps.files.read(`content/${medium.fileHash}`).catch(() => undefined)
  if (!bytes) return fail(deps, medium, 'file_missing')
  if (sha256(bytes) !== medium.fileHash) return fail(deps, medium, 'file_changed')
  try {
    const { kind, mime } = medium
    const ending = extensions[mime] ?? ''
    const name = knownEnding.test(medium.fileName) ? medium.fileName : `${medium.fileName}${ending}`
    const { mediaId, createdAt } = await deps.wecom.upload({ kind, name, mime, bytes })
    const keptFrom = createdAt < at ? createdAt : at // clocks differ; the earlier is safe
    const expiresAt = new Date(keptFrom.getTime() + mediaLifeMs)
    await save(deps.db, medium, { mediaId, uploadedAt: at, expiresAt, triedAt: at, attempts: 0, problem: null })
  } catch (fault) {
    if (fault instanceof AppError && fault.code === 'bad_request') return fail(deps, medium, 'refused')
    await save(deps.db, medium, { triedAt: at, attempts: medium.attempts, problem: 'unavailable' }) // no fault of the file
    throw fault
  }
}

async function fail({ db, now, log }: Deps, medium: Medium, problem: Problem): Promise<void> {
  const attempts = medium.attempts + 1
  log.error({ fileHash: medium.fileHash, kind: medium.kind, problem, attempts }, 'a file cannot be sent through WeCom')
  await save(db, medium, { triedAt: now(), attempts, problem })
}

async function save(
  db: Kysely<Database>,
  { fileHash, kind, fileName }: Medium,
  change: {
    triedAt: Date
    attempts: number
    problem: Problem | null
    mediaId?: string
    uploadedAt?: Date
    expiresAt?: Date
  },
): Promise<void> {
  await db
    .updateTable('media')
    .set(change)
    .where('fileHash', '=', fileHash)
    .where('kind', '=', kind)
    .where('fileName', '=', fileName)
    .execute()
}

/** Files that WeCom, or we, turn down; the same tomorrow unless somebody looks. */
export async function countFailingMedia({ db }: Pick<Deps, 'db'>): Promise<number> {
  const row = await db
    .selectFrom('media')
    .select((eb) => eb.fn.countAll<number>().as('failing'))
    .where('problem', 'in', ['file_missing', 'file_changed', 'refused'])
    .executeTakeFirstOrThrow()
  return Number(row.failing)
}
