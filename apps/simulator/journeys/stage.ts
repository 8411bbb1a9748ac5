import { chromium, type Browser, type BrowserContext, type Frame, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { chromiumArguments } from '../../../scripts/lib/chromium.mjs'
import { sim } from './simulator.ts'
import { findPlace } from './place.ts'

export type Stage = Awaited<ReturnType<typeof openStage>>
export type Answer = { status: number; body: Record<string, unknown> }

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findPlace().chromium, args: chromiumArguments })
}

/**
 * The stage in a browser: the painted chat, the real sidebar and the real page on the doctor's phone. `query` is the
 * stage's own address, such as `s=normal&hcp=…` (the simulator's README).
 */
export async function openStage(context: BrowserContext, query: string) {
  const page = await context.newPage()
  await page.goto(`${findPlace().stage}/?${query}`)
  return describeStage(page)
}

function describeStage(page: Page) {
  const sidebar = page.frameLocator('.sidebar iframe')
  const doctor = page.locator('.doctor')
  const phone = page.frameLocator('.doctor iframe')
  const sheet = sidebar.getByRole('dialog')
  const button = (name: string | RegExp) => sidebar.getByRole('button', { name, exact: typeof name === 'string' })

  return {
    ...{ page, sidebar, sheet, button },
    /** The doctor's pane with its painted chat, and the page opened in it. */
    ...{ doctor, phone },
    strip: sidebar.getByRole('banner'),
    pieces: sidebar.locator('.piece'),
    /** The row of a piece that says so, e.g. that it can be sent. */
    row: (title: string, says: string) => sidebar.getByRole('button', { name: new RegExp(`${title}.*${says}`, 's') }),
    tab: (name: string) => sidebar.getByRole('tab', { name, exact: true }).click(),
    /** Types into the search field and waits for nothing. */
    search: (text: string) => sidebar.getByRole('searchbox').fill(text),
    way: (name: string) => sheet.getByRole('radio', { name: new RegExp(`^\\s*${name}`) }),
    /** The piece whose sheet is open, from the address. */
    async openedPiece(): Promise<string> {
      const frame = await frameOf(page, '.sidebar')
      return new URLSearchParams(new URL(frame.url()).hash.split('?')[1]).get('piece') ?? ''
    },
    /** A line of the history. */
    entry: (title: string) => sidebar.locator('.history-list > li').filter({ hasText: title }).first(),
    /** WeCom's own question on a phone, before a message leaves. */
    async answerWeCom(answer: '发送' | '取消'): Promise<void> {
      await page.getByRole('dialog').getByRole('button', { name: answer, exact: true }).click()
    },
    /** Opens the first piece that may be sent and tells its title. */
    async openFirst(kind = 'PDF'): Promise<string> {
      const row = sidebar.getByRole('button', { name: new RegExp(`${kind}.*可发送`, 's') }).first()
      const title = (await row.locator('.piece-title').textContent()) ?? ''
      await row.click()
      return title
    },
    /** Sends what the sheet shows, to the end: the sheet has closed, WeCom has it. */
    async send(): Promise<void> {
      await button('发送到当前聊天').click()
      await page.getByRole('dialog').getByRole('button', { name: '发送', exact: true }).click()
      await sidebar.getByText('已交给企业微信').first().waitFor()
      await sheet.waitFor({ state: 'hidden' })
    },
    /** The doctor taps the newest card in the chat. */
    openCard: () => doctor.locator('button.card').last().click(),
    /** The doctor's own tap on the neutral page. */
    recognise: () => phone.getByRole('button', { name: '我是收件人，打开资料' }).click(),
    /** Who holds the doctor's phone from now on, such as `rep` or `other-doctor:<contact>`. */
    async passPhoneTo(visitor: string): Promise<void> {
      await sim.choose({ visitor })
      await expect.poll(() => page.getByLabel('谁在看').inputValue()).toBe(visitor.split(':')[0])
    },
    /** Asks an endpoint as the page in the sidebar would, with its session. */
    ask: async (path: string, body: object): Promise<Answer> => askIn(await frameOf(page, '.sidebar'), path, body),
    frame: () => frameOf(page, '.sidebar'),
    phoneFrame: () => frameOf(page, '.doctor'),
  }
}

async function frameOf(page: Page, pane: string): Promise<Frame> {
  const element = await page.locator(`${pane} iframe`).elementHandle()
  const frame = await element?.contentFrame()
  if (!frame) throw new Error(`no page in ${pane}`)
  return frame
}

/** Asks an endpoint as a page of ours would, with the session of its browser. */
export function askIn(frame: Frame, path: string, body: object): Promise<Answer> {
  return frame.evaluate(
    async ([address, json]) => {
      const headers = { 'content-type': 'application/json', 'x-vouch': '1' }
      const answer = await fetch(address, { method: 'POST', headers, body: json })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
    [path, JSON.stringify(body)] as const,
  )
}

/** All words now on a page, also those out of sight. */
export const wordsOf = (locator: Locator): Promise<string> => locator.evaluate((element) => element.textContent ?? '')
