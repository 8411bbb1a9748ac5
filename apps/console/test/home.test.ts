import { expect, test, vi } from 'vitest'
import { useConsole } from './in-browser.ts'
import { fullHome } from './home-stub.ts'

vi.setConfig({ testTimeout: 60_000 })

const { open, mood, path, faultsAt, page } = useConsole()

async function look(name: string, ready: string): Promise<void> {
  for (const lang of ['zh', 'en'] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page().emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await faultsAt([1280, 375, 320], `${name}-${lang}-${colorScheme}`)).toEqual([])
    }
    await page().setViewportSize({ width: 1280, height: 900 })
    await page()
      .getByRole('button', { name: lang === 'zh' ? 'English' : '中文', exact: true })
      .click()
    if (lang === 'zh') await page().getByText(ready).first().waitFor()
  }
}

test('the home page is for everybody, at every width, in both languages and schemes', async () => {
  mood().home = fullHome
  mood().roles = ['compliance_officer', 'medical', 'system_admin']
  await open('/')
  await page().getByRole('heading', { name: '不良反应报告等确认接手' }).waitFor()
  expect(path()).toBe('/console/home')
  await look('home', 'Adverse reactions to acknowledge')
})

test('the home page is worked by keys, and what waits is one press away', async () => {
  mood().home = fullHome
  await open('/home')
  const first = page().locator('.home-card a').first()
  await first.waitFor()
  await first.focus()
  await page().keyboard.press('Tab')
  await page().keyboard.press('Tab')
  expect(await page().evaluate(() => document.activeElement?.getAttribute('href'))).toBe('/console/safety')
  await page().keyboard.press('Tab')
  await page().keyboard.press('Enter')
  await expect.poll(path).toBe('/console/content/i1')
  await page().goBack()
  await first.waitFor()
})

test('how one is told, and what did not arrive, are for everybody', async () => {
  mood().roles = ['medical', 'system_admin']
  await open('/notices')
  await page().getByText('关系患者安全，不能关闭').waitFor()
  await look('notices', 'At once')
  await page().getByRole('link', { name: '没有送达的' }).click()
  await page().getByText('已离职').waitFor()
  await look('notices-failed', 'Why it did not arrive')
})
