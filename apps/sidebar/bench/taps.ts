import type { Page } from 'playwright-core'
import { doctors } from './stub-answers.ts'

/** How long a rep looks at the sheet before the tap, at the very least. */
const readingMs = 500

/** Sends the first `count` pieces, one after the other; ms from each tap on the button to `sendChatMessage`. */
export async function measureSends(page: Page, count: number): Promise<number[]> {
  for (let row = 0; row < count; row += 1) {
    await page.locator('.piece .row-main').nth(row).tap()
    const button = page.getByRole('button', { name: '发送到当前聊天' })
    await button.and(page.locator(':enabled')).waitFor()
    await page.waitForTimeout(readingMs)
    await button.tap()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  return page.evaluate(() => window.probe.handed)
}

/** Switches to doctors never seen by this page, then back to one it has seen; ms until the name is painted. */
export async function measureSwitches(page: Page): Promise<{ fresh: number[]; known: number[] }> {
  const [first, ...others] = doctors
  const fresh: number[] = []
  const known: number[] = []
  const go = (to: (typeof doctors)[number]) =>
    page.evaluate(({ id, name }) => window.probe.switchTo(id, name), to).finally(() => page.waitForTimeout(readingMs))
  for (const other of others.slice(0, 3)) {
    fresh.push(await go(other))
    if (first) known.push(await go(first))
  }
  return { fresh, known }
}
