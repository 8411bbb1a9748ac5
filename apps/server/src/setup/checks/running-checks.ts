import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { readFilesUrl } from '../../files/files-url.ts'
import { jobsOf } from '../../jobs.ts'
import { oldestNoticeSeconds } from '../../outbox/queries.ts'
import { both, databaseOf, fault, notAsked, ok, warning, type Bench, type Check, type Found } from './check.ts'
import { clockWords, filesWords, jobsWords, queueWords, spaceWords } from './words/running.ts'

const minuteMs = 60_000
const gigabyte = 1024 ** 3
/** Less than the first is a fault: a day of uploads no longer fits. */
const space = { tooLittle: gigabyte, little: 5 * gigabyte }
/** A node that is further from the database answers `not ready` (assurance.md F9). */
const databaseDriftMs = 1_000

async function checkFiles({ settings, files }: Bench): Promise<Found> {
  const address = readFilesUrl(settings.FILES_URL ?? '')
  try {
    await files?.check()
    return ok(address.kind === 'folder' ? filesWords.folder() : filesWords.bucket())
  } catch (thrown) {
    const { code, name, message } = thrown as { code?: string; name?: string; message?: string }
    if (address.kind === 'folder') return fault(filesWords.notFolder(address.path, String(code ?? name)))
    // Sentences of the store's own adapter are for administrators and hold no key (files/s3-faults.ts).
    return fault(filesWords.notBucket(thrown instanceof Error && code === undefined ? String(message) : String(code)))
  }
}

async function checkSpace({ settings }: Bench): Promise<Found> {
  const address = readFilesUrl(settings.FILES_URL ?? '')
  if (address.kind === 's3') return ok(spaceWords.bucket())
  const { bavail, bsize } = await statfs(address.path)
  const free = bavail * bsize
  const shown = (free / gigabyte).toFixed(1)
  if (free < space.tooLittle) return fault(spaceWords.low(shown))
  return free < space.little ? warning(spaceWords.low(shown)) : ok(spaceWords.fine(shown))
}

/** Twice its pace and a minute: what comes later than that is not busy but late. */
const patienceMs = (everyMs: number): number => everyMs * 2 + minuteMs

async function checkJobs(bench: Bench): Promise<Found> {
  const rows = await databaseOf(bench)
    .selectFrom('job')
    .select(['name', 'owner', 'ownedUntil', 'runAt', 'problem'])
    .execute()
  const at = bench.now().getTime()
  const known = jobsOf(bench.settings).flatMap(({ name, everyMs }) => {
    const row = rows.find((one) => one.name === name)
    return row ? [{ ...row, lateMs: at - row.runAt.getTime(), everyMs }] : []
  })
  if (known.length === 0) return notAsked(jobsWords.never())
  const late = known.filter(({ lateMs, everyMs }) => lateMs > patienceMs(everyMs))
  const least = Math.min(...known.map(({ lateMs }) => lateMs))
  if (least > minuteMs) return fault(jobsWords.stopped(least / minuteMs))
  if (late.length > 0) return fault(jobsWords.late(late.map(({ name }) => name)))
  const stuck = known.filter(({ owner, ownedUntil }) => owner !== null && ownedUntil.getTime() < at)
  if (stuck.length > 0) return warning(jobsWords.stuck(stuck.map(({ name }) => name)))
  const failing = known.filter(({ problem }) => problem !== null)
  return failing.length > 0
    ? warning(jobsWords.failing(failing.map(({ name }) => name)))
    : ok(jobsWords.fine(known.length))
}

async function checkQueue(bench: Bench): Promise<Found> {
  const minutes = (await oldestNoticeSeconds(databaseOf(bench), bench.now())) / 60
  return minutes > 15 ? warning(queueWords.old(minutes)) : ok(queueWords.fine())
}

async function checkDatabaseClock(bench: Bench): Promise<Found> {
  const asked = bench.now().getTime()
  const row = await databaseOf(bench)
    .selectNoFrom(sql<Date>`now(3)`.as('at'))
    .executeTakeFirstOrThrow()
  const apart = row.at.getTime() - (asked + bench.now().getTime()) / 2
  const shown = (Math.abs(apart) / 1_000).toFixed(1)
  return Math.abs(apart) <= databaseDriftMs
    ? ok(clockWords.fine(shown))
    : fault(clockWords.apart(shown, clockWords.database))
}

const machine = both('服务器的系统设置', 'the system settings of the server')
const log = both('服务的日志', 'the log of the server')

export const runningChecks = {
  'data.files': {
    group: 'data',
    title: both('文件存储', 'Store of files'),
    where: both('FILES_URL', 'FILES_URL'),
    settings: ['FILES_URL'],
    cheap: true,
    run: checkFiles,
  },
  'data.space': {
    group: 'data',
    title: both('磁盘空间', 'Disk space'),
    where: both('FILES_URL 所在的磁盘', 'the disk of FILES_URL'),
    settings: ['FILES_URL'],
    after: ['data.files'],
    cheap: true,
    run: checkSpace,
  },
  'data.jobs': {
    group: 'data',
    title: both('后台任务', 'Jobs'),
    where: log,
    settings: ['DATABASE_URL'],
    after: ['data.migrations'],
    cheap: true,
    run: checkJobs,
  },
  'data.queue': {
    group: 'data',
    title: both('待发消息', 'Waiting messages'),
    where: log,
    settings: ['DATABASE_URL', 'WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_AGENT_SECRET'],
    after: ['data.migrations'],
    cheap: true,
    run: checkQueue,
  },
  'time.database': {
    group: 'data',
    title: both('数据库的时间', 'Clock of the database'),
    where: machine,
    settings: ['DATABASE_URL'],
    after: ['data.connection'],
    cheap: true,
    run: checkDatabaseClock,
  },
} satisfies Record<string, Check>
