import type { Page } from 'playwright-core'
import { findPlace } from './place.ts'

/** Somebody of the office at the console, in a browser of their own. */
export type Desk = Awaited<ReturnType<typeof sitDown>>

/** Opens the console at that address and signs in as a member of the company. */
export async function sitDown(page: Page, name: string, address = '/content') {
  await page.goto(`${findPlace().rep}/console${address}`)
  await page.getByRole('link', { name: '用企业微信登录' }).click()
  await confirmAs(page, name)
  await page.getByText(name).first().waitFor()
  return describeDesk(page, name)
}

/** WeCom's own page: who scans the code. */
const confirmAs = (page: Page, name: string): Promise<void> =>
  page.getByRole('link', { name: new RegExp(name) }).click()

function describeDesk(page: Page, name: string) {
  const button = (label: string) => page.getByRole('button', { name: label, exact: true })
  const sheet = page.getByRole('dialog')
  /** Looks at what is signed, and leaves for WeCom to confirm it as whoever holds the phone. */
  async function confirmSignature(as: string): Promise<void> {
    await sheet.getByText('已在本机核对').waitFor()
    await button('去企业微信确认并签名').click()
    await confirmAs(page, as)
  }
  return {
    ...{ page, name, button, sheet },
    /** The version whose page is open, from the address. */
    piece: (): string => new URL(page.url()).pathname.split('/').at(-1) ?? '',
    /** A field of the form by its whole name. */
    field: (label: string) => page.getByLabel(label, { exact: true }),
    /** What the page says became of the last step. */
    told: (words: string): Promise<void> => page.getByRole('status').filter({ hasText: words }).last().waitFor(),
    /** Opens a version from the list. */
    async openFrom(show: string, title: string): Promise<void> {
      await page.getByLabel('状态').selectOption({ label: show })
      await page.getByRole('link', { name: title }).click()
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    },
    async sign(as = name): Promise<void> {
      await button('签名批准').click()
      await confirmSignature(as)
    },
    /** Signs that a version may be used until that day; left out, the day is the one others asked for. */
    async renew(until?: string): Promise<string> {
      await button('延长有效期').click()
      const day = sheet.getByLabel(/新的最后一天/)
      if (until) await day.fill(until)
      const asked = await day.inputValue()
      await confirmSignature(name)
      await page.getByText('已签名').first().waitFor()
      return asked
    },
  }
}
