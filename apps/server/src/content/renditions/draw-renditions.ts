import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Deps } from '../../deps.ts'
import type { Files } from '../../files/files.ts'
import { contentName } from '../../files/file-names.ts'
import { keepImages, stagedName } from './keep-images.ts'
import { posterCard } from './poster-card.ts'
import { RenditionError } from './rendition.ts'
import {
  type Claim,
  ClaimLost,
  claimRendition,
  releaseClaim,
  renewClaim,
  renewMs,
  restart,
  savePage,
} from './rendition-claims.ts'
import type { Renditions } from './renditions.ts'
import { recordDrawn, recordFailed } from './settle-rendition.ts'
import { inWorkingFolder } from './working-folder.ts'

/** No file is begun after so long: the run ends about when the lease of its job does. */
const longestMs = 45_000
/** A long file is gone on with in the next run; time is counted from its first page, as LibreOffice comes before. */
const sliceMs = 30_000
/** A file at whose page whoever draws dies each time is given up. */
const mostAttempts = 3
const restMs = 30_000

/**
 * Draws the files that wait for it, page after page. Each page is remembered, so whoever takes a file up after another
 * was stopped goes on where that one was. Nothing is shown of a file before all of it is drawn, and nothing is left of
 * one that cannot be.
 */
export async function drawRenditions(deps: Deps, limits = { longestMs, sliceMs }): Promise<void> {
  const { renditions } = deps
  if (!renditions) return
  const endsAt = performance.now() + limits.longestMs
  for (let claim = await claimRendition(deps); claim; claim = await claimRendition(deps)) {
    await drawClaimed(deps, { renditions, claim, sliceMs: limits.sliceMs })
    if (performance.now() > endsAt) return
  }
}

type Turn = { renditions: Renditions; claim: Claim; sliceMs: number }

async function drawClaimed(deps: Deps, turn: Turn): Promise<void> {
  const { claim } = turn
  if (claim.attempts > mostAttempts) return fail(deps, claim, new RenditionError('broken'))
  const renewing = setInterval(() => void renewClaim(deps, claim).catch(() => {}), renewMs)
  try {
    await inWorkingFolder(async (folder) => {
      const path = join(folder, 'file')
      await fetchFile(deps.files, claim.fileHash, path)
      await drawFetched(deps, turn, path)
    })
  } catch (fault) {
    if (fault instanceof ClaimLost) return
    if (fault instanceof RenditionError) return await fail(deps, claim, fault)
    // The store or the database, not the file: it rests, and this turn is not counted.
    await releaseClaim(deps, claim, { afterMs: restMs, attempts: claim.attempts - 1 }).catch(() => {})
    throw fault
  } finally {
    clearInterval(renewing)
  }
}

/** Throws RenditionError when the store holds other bytes under this hash. */
async function fetchFile(files: Files, fileHash: string, path: string): Promise<void> {
  const { stream } = await files.open(contentName(fileHash))
  const hash = createHash('sha256')
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk)
      next(null, chunk)
    },
  })
  await pipeline(stream, counted, createWriteStream(path, { mode: 0o600 }))
  if (hash.digest('hex') !== fileHash) throw new RenditionError('broken')
}

async function drawFetched(deps: Deps, turn: Turn, path: string): Promise<void> {
  const { claim } = turn
  const { format, seconds } = await turn.renditions.inspect(path)
  if (format === 'html' || format === 'text') return recordDrawn(deps, claim, { ...nothing, seconds })
  const drawn = await drawPages(deps, turn, path)
  if (drawn === 'not_yet') return releaseClaim(deps, claim, { afterMs: 0, attempts: 0 })
  if (drawn === 'no_poster') return recordDrawn(deps, claim, { ...nothing, seconds, problem: 'poster_not_installed' })
  if (!(await keepImages(deps.files, claim.fileHash, drawn))) return restart(deps, claim)
  const poster = format === 'mp4' ? await posterCard(deps.files, claim.fileHash) : null
  await recordDrawn(deps, claim, { pages: drawn, seconds, problem: null, poster })
}

const nothing = { pages: 0, problem: null, poster: null }

/** Goes on where the last one was. Returns how many pages there are once all are drawn. */
async function drawPages(deps: Deps, turn: Turn, path: string): Promise<number | 'not_yet' | 'no_poster'> {
  const { renditions, claim, sliceMs } = turn
  let { pagesDone: done, pageCount: of } = claim
  let until: number | undefined
  if (of > 0 && done === of) return of
  try {
    await renditions.draw({
      ...{ under: stagedName(claim.fileHash), path, first: done + 1 },
      async onPage(page, pages) {
        await savePage(deps, claim, page, pages)
        ;[done, of] = [page.number, pages]
        until ??= performance.now() + sliceMs
        return done < of && performance.now() > until ? 'enough' : 'go_on'
      },
    })
  } catch (fault) {
    // A video plays without a picture of itself; a document without pages cannot be shown.
    if (fault instanceof RenditionError && fault.problem === 'poster_not_installed') return 'no_poster'
    throw fault
  }
  return done < of ? 'not_yet' : of
}

async function fail(deps: Deps, claim: Claim, fault: RenditionError): Promise<void> {
  deps.log.warn({ fileHash: claim.fileHash, problem: fault.problem, page: claim.pagesDone + 1 }, 'cannot be drawn')
  await deps.files.remove(stagedName(claim.fileHash))
  await recordFailed(deps, claim, fault.problem).catch((lost: unknown) => {
    if (!(lost instanceof ClaimLost)) throw lost
  })
}
