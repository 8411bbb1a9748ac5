import type { PreviewCounts } from '@vouch/contract'
import type { Policy } from '@vouch/rules'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Deps } from '../../deps.ts'
import { findAllVersions, readSettings } from '../settings.ts'
import { addReplayed, type Example, type Replayed } from './preview-counts.ts'
import { findDecisions, findDoctorsAfter, findFacts, findUnmatched } from './preview-queries.ts'
import { readJson } from './preview-rows.ts'
import { replayDoctor, type Trial } from './replay-doctor.ts'

/** The job ends before its lease does; the next one goes on with the doctor after. */
const longestMs = 50_000
const doctorsAtOnce = 100
const unmatchedAtOnce = 500
/** A preview that no change hangs on is forgotten after so long. */
const keptMs = 30 * 86_400_000
/** Stands before the place in the sends to contacts who are matched to nobody; they come last. */
const unmatchedMark = 'u.'

/** Job: goes on with previews, some doctors at a time; what one go counted is never counted again. */
export async function runPreviews(deps: Deps): Promise<void> {
  const endsAt = performance.now() + longestMs
  const running = await deps.db
    .selectFrom('policyPreview')
    .select(['id', 'settings', 'fromAt', 'untilAt', 'doctorsDone', 'cursorValue', 'counts', 'examples'])
    .where('stage', '=', 'running')
    .orderBy('createdAt')
    .limit(5)
    .execute()
  if (running.length === 0) return
  for (const preview of running) await goOn(deps, preview, endsAt)
  await forget(deps)
}

type Preview = {
  id: string
  settings: unknown
  fromAt: Date
  untilAt: Date
  doctorsDone: number
  cursorValue: string
  counts: unknown
  examples: unknown
}
type Go = { replayed: Replayed[]; cursor: string; doctors: number; done: boolean }

async function goOn(deps: Deps, preview: Preview, endsAt: number): Promise<void> {
  const versions = await findAllVersions(deps.db)
  const policies = new Map<number, Policy>(
    [...versions].map(([version, { settings }]) => [version, { ...settings, version }]),
  )
  const trial: Trial = { from: preview.fromAt, policies, settings: { ...readSettings(preview.settings), version: 0 } }
  let counts = readJson<PreviewCounts>(preview.counts)
  let examples = readJson<Example[]>(preview.examples)
  let { cursorValue, doctorsDone } = preview
  while (performance.now() < endsAt) {
    const go: Go = await (cursorValue.startsWith(unmatchedMark) ? goUnmatched : goDoctors)(
      deps,
      preview,
      cursorValue,
      trial,
    )
    ;({ counts, examples } = addReplayed(counts, examples, go.replayed))
    doctorsDone += go.doctors
    const { numUpdatedRows } = await deps.db
      .updateTable('policyPreview')
      .set({ counts: JSON.stringify(counts), examples: JSON.stringify(examples), doctorsDone, cursorValue: go.cursor })
      .$if(go.done, (row) => row.set({ stage: 'done', doneAt: deps.now() }))
      .where('id', '=', preview.id)
      .where('cursorValue', '=', cursorValue)
      .where('stage', '=', 'running')
      .executeTakeFirst()
    if (go.done || numUpdatedRows === 0n) return
    cursorValue = go.cursor
  }
}

async function goDoctors({ db }: Deps, preview: Preview, after: string, trial: Trial): Promise<Go> {
  const doctors = await findDoctorsAfter(db, after, doctorsAtOnce)
  const last = doctors.at(-1)
  if (!last) return { replayed: [], cursor: unmatchedMark, doctors: 0, done: false }
  const decisions = await findDecisions(db, doctors, preview)
  const sent = [...decisions.values()].flat().filter(({ outcome }) => outcome === 'authorised')
  const facts = await findFacts(
    db,
    sent.map(({ sendId }) => sendId),
  )
  const replayed = [...decisions.values()].flatMap((rows) => replayDoctor(rows, facts, trial))
  return { replayed, cursor: last, doctors: doctors.length, done: false }
}

async function goUnmatched({ db }: Deps, preview: Preview, after: string, trial: Trial): Promise<Go> {
  const place = after.slice(unmatchedMark.length)
  const rows = await findUnmatched(db, readCursor(place || null), preview, unmatchedAtOnce)
  const last = rows.at(-1)
  const replayed = rows.flatMap((row) => replayDoctor([row], [], trial))
  const cursor = last ? unmatchedMark + writeCursor({ at: last.decidedAt, id: last.sendId }) : after
  return { replayed, cursor, doctors: 0, done: rows.length < unmatchedAtOnce }
}

async function forget({ db, now }: Deps): Promise<void> {
  await db
    .deleteFrom('policyPreview')
    .where('stage', '=', 'done')
    .where('createdAt', '<', new Date(now().getTime() - keptMs))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('policyChange')
            .select('policyChange.id')
            .whereRef('policyChange.previewId', '=', 'policyPreview.id'),
        ),
      ),
    )
    .execute()
}
