import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Frame, Page } from 'playwright-core'
import { expect } from 'vitest'
import { dataDir } from '../../../scripts/lib/root.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

type Found = { violations: { id: string; nodes: { html: string }[] }[] }
type WithAxe = Window & typeof globalThis & { axe?: { run: (context: object, options: object) => Promise<Found> } }
/** A page of ours, in a tab or in a phone of the stage. */
export type Face = Page | Frame

/** Everything an automatic check for accessibility finds in a page, frames in it left out. */
export async function barriersIn(face: Face): Promise<string[]> {
  if (!(await face.evaluate(() => 'axe' in window))) await face.evaluate(axe)
  const found = await face.evaluate(
    (runOnly) => (window as WithAxe).axe?.run({ exclude: ['iframe'] }, { runOnly }),
    wcag,
  )
  return (found?.violations ?? []).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** How far a page can be scrolled sideways, in pixels, with its text at so many percent. */
export async function sidewaysIn(face: Face, percent = 100): Promise<number> {
  return face.evaluate(async (size) => {
    const { documentElement: root } = document
    root.style.fontSize = size === 100 ? '' : `${size}%`
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const sideways = root.scrollWidth - root.clientWidth
    root.style.fontSize = ''
    return sideways
  }, percent)
}

/** Fails with whatever keeps people from using a page as it now is. */
export async function expectOpenToAll(face: Face): Promise<void> {
  expect(await barriersIn(face)).toEqual([])
  expect(await sidewaysIn(face)).toBe(0)
}

export const photoPath = (name: string): string => join(dataDir, 'screenshots', `${name}.png`)

/** Takes a phone's page out of the stage's picture, to be looked at in any width. */
export async function enlarge(page: Page, pane: '.sidebar' | '.doctor', width: number): Promise<void> {
  const height = width < 360 ? 640 : 667
  await page.locator(`${pane} iframe`).evaluate(
    (frame, size) =>
      Object.assign(frame.style, {
        ...{ position: 'fixed', inset: '0 auto auto 0', zIndex: '99' },
        ...{ width: `${size.width}px`, height: `${size.height}px` },
      }),
    { width, height },
  )
}

/** A picture of a phone's page in that width, kept for whoever looks after the faces. */
export async function photograph(page: Page, pane: '.sidebar' | '.doctor', width: number, name: string): Promise<void> {
  await enlarge(page, pane, width)
  await page.locator(`${pane} iframe`).screenshot({ path: photoPath(name) })
}
