import { join } from 'node:path'
import { expect, afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { Browser, BrowserContext } from 'playwright-core'
import { dataDir } from '../../../scripts/lib/root.mjs'
import { openRecords, type Records, type Row } from './records.ts'
import { sim } from './simulator.ts'
import { launch, openStage, type Stage } from './stage.ts'
import { findPlace } from './place.ts'

/** What every journey file needs; call it once at the top. `still` stops what moves. Each journey begins with a fresh browser and the cast's chats. */
export function useBench({ still = false } = {}) {
  let browser: Browser
  let context: BrowserContext
  let records: Records
  let began: Date

  beforeAll(async () => {
    browser = await launch()
    const { begun, owner } = findPlace()
    records = openRecords(owner)
    // What journeys before sent is long ago: it uses up no month and counts as no repetition.
    await records.rows('update send set decided_at = decided_at - interval 1 year where decided_at >= ?', [begun])
  })
  afterAll(async () => {
    await browser?.close()
    await records?.close()
  })
  beforeEach(async () => {
    await sim.reset()
    await sim.choose({ language: 'zh-CN' })
    began = new Date()
    context = await browser.newContext({
      ...{ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' },
      ...(still ? { reducedMotion: 'reduce' as const } : {}),
    })
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepSight(context, task.id)
    await context.close()
  })

  return {
    /** Opens the stage, with the chat of one doctor in it. */
    open: (query: string): Promise<Stage> => openStage(context, query),
    /** Another browser, with nobody signed in; whoever asks for it closes it. */
    newBrowser: () => browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' }),
    /** A tab of an ordinary browser. */
    newPage: () => context.newPage(),
    began: () => began,
    records: () => records,
    /** The one attempt of this journey to send something to a contact. */
    async onlySend(externalUserId: string): Promise<Row> {
      const sends = await records.sendsTo(externalUserId, began)
      expect(sends).toHaveLength(1)
      return sends[0] ?? {}
    },
    /** The verdict on a send as the rep's history has it. */
    async verdictIn(stage: Stage, send: Row): Promise<unknown> {
      const { body } = await stage.ask('/api/rep/history', { externalUserId: send['external_user_id'] })
      const sends = body['sends'] as { sendId: string; verdict: string }[]
      return sends.find(({ sendId }) => sendId === send['id'])?.verdict
    },
    /** Waits until exactly these facts of a send are on record. */
    async untilFacts(sendId: unknown, facts: string): Promise<void> {
      await expect.poll(() => records.facts(sendId), { timeout: 10_000 }).toBe(facts)
    },
  }
}

/** What was to be seen when a journey failed, for whoever has to find out why. */
async function keepSight(context: BrowserContext, id: string): Promise<void> {
  for (const page of context.pages()) await page.screenshot({ path: join(dataDir, 'screenshots', `failed-${id}.png`) })
}
