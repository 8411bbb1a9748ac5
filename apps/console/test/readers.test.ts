import { describe, expect, test, vi } from 'vitest'
import { buildDetail } from './content-samples.ts'
import { useConsole } from './in-browser.ts'

vi.setConfig({ testTimeout: 30_000 })

const { open, mood, path, faultsAt, faultsOfAxe, page } = useConsole()

const button = (name: string) => page().getByRole('button', { name, exact: true })
const asked = (to: string) => mood().asked.filter(({ path: one }) => one === to)
const piece = '/content/01KAH2D8Y4S7C1F6G9J3K5M100'
const row = (doctor: string) => page().locator('.readers tbody tr').filter({ hasText: doctor })

describe('readers of a version that was withdrawn', () => {
  test('are a step from its page, for the compliance officer', async () => {
    mood().detail = buildDetail({ lifeState: 'withdrawn', may: [] })
    await open(piece)
    await page().getByRole('link', { name: '读过的医生与告知' }).click()
    await expect.poll(path).toBe(`/console${piece}/readers`)
    await row('赵强').waitFor()
    mood().roles = ['compliance']
    await open(piece)
    await page().getByText('已撤回').first().waitFor()
    expect(await page().getByRole('link', { name: '读过的医生与告知' }).count()).toBe(0)
  })

  test('are listed with what they read and who reaches them, beside what was on its way', async () => {
    await open(`${piece}/readers`)
    await row('张伟').first().waitFor()
    expect(await row('张伟').last().textContent()).toMatch(/仁和医院.*打开过.*1–3、7（4\/12 页）.*王磊/s)
    expect(await row('赵强').textContent()).toContain('没有代表能联系')
    await page().getByText('4 位医生打开过或收到副本，其中 1 位已没有代表能联系').waitFor()
    expect(await page().getByRole('row').filter({ hasText: '未对上' }).textContent()).toContain('结果未知')
    const [saved] = await Promise.all([page().waitForEvent('download'), button('导出 CSV').click()])
    expect(saved.suggestedFilename()).toBe('readers-v4.csv')
    expect(saved.url()).toContain('blob:')
  })

  test('are told through their reps: shown first, asked once, followed until the messages have left', async () => {
    await open(`${piece}/readers`)
    await page().getByLabel('发送哪份资料').selectOption({ label: '剂量与给药周期 v5 · 替代' })
    await page().getByText('会请 2 名代表告知 3 位医生').waitFor()
    expect(await page().locator('.message').textContent()).toContain('张* 主任医师（仁和）')
    mood().list = 'broken'
    await button('请代表告知 3 位医生').click()
    await page().getByText('没有请成：').waitFor()
    mood().list = 'ok'
    await button('请代表告知 3 位医生').click()
    await page().getByText('已请 2 名代表告知 3 位医生').waitFor()
    const ids = asked('content/notices').map(({ body }) => body['requestId'])
    expect([ids.length > 0, new Set(ids).size]).toEqual([true, 1])
    await page().getByText('1 条应用消息正在送出').waitFor()
    await page().getByText('3 位里已发给 1 位').waitFor()
    expect(await page().getByRole('row').filter({ hasText: '没有送到' }).textContent()).toContain(
      '企业微信里没有这位代表',
    )
    await page().getByText('能请的都请过了。').waitFor()
    expect(await row('张伟').last().textContent()).toContain('已发')
    expect(await faultsOfAxe()).toEqual([])
  })

  test('are nobody, and a refusal is said', async () => {
    mood().readers.refuse = true
    await open(`${piece}/readers`)
    await page().getByLabel('发送哪份资料').selectOption({ index: 2 })
    await button('请代表告知 3 位医生').click()
    await page().getByText('您的角色不能做这一步').waitFor()
    Object.assign(mood().readers.recall, { readers: 0, reachable: 0, inFlight: [] })
    await open(`${piece}/readers`)
    await page().getByText('没有医生打开过，也没有医生收到副本。').waitFor()
    await page().getByText('撤回时没有正在发送的。').waitFor()
    expect(await page().getByLabel('发送哪份资料').count()).toBe(0)
  })

  test('cannot be read, and then can', async () => {
    mood().list = 'broken'
    await open(`${piece}/readers`)
    await page()
      .getByText(/GEN-03 internal/)
      .waitFor()
    mood().list = 'ok'
    await button('重试').click()
    await page().getByText('4 位医生打开过').waitFor()
  })
})

describe('has no fault of access', () => {
  test.each([
    { colorScheme: 'light' as const, lang: 'zh' },
    { colorScheme: 'dark' as const, lang: 'en' },
  ])('at every width, $colorScheme, $lang', async ({ colorScheme, lang }) => {
    mood().readers.asked = true
    await open(`${piece}/readers?lang=${lang}`, { colorScheme })
    await row('赵强').waitFor()
    expect(await faultsAt([1280, 375, 320], `readers-${lang}`)).toEqual([])
  })
})
