import { describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { enlarge, expectOpenToAll, photograph, photoPath, sidewaysIn } from './sight.ts'
import { sim } from './simulator.ts'
import type { Stage } from './stage.ts'
import { findPlace } from './place.ts'

const bench = useBench({ still: true })
const languages = ['zh-CN', 'en-US'] as const

/** A state of the sidebar: its address, and what leads to it from there in any language. `seen` tells that it is there. */
type State = { state: string; query: string; seen: string; lead?: (stage: Stage) => Promise<unknown> }

const openRow = (mark: string) => async (stage: Stage) => {
  await stage.sidebar.locator(`.piece:has(${mark}) .row-main`).first().click()
  await stage.sheet.locator('.checks, .consent, .result').first().waitFor()
}
const openSearched = (title: string) => async (stage: Stage) => {
  await stage.search(title)
  await expect.poll(() => stage.pieces.count()).toBe(1)
  await openRow('.badge-bad')(stage)
}
const openScript = async (stage: Stage) => {
  await stage.search('初次联系三步')
  await expect.poll(() => stage.pieces.count()).toBe(1)
  await stage.sidebar.locator('.piece .row-main').click()
}
const openTab = (nth: number) => (stage: Stage) => stage.sidebar.getByRole('tab').nth(nth).click()
const press = (stage: Stage) => stage.sheet.locator('.button-filled').first().click()

const states: State[] = [
  { state: 'list', query: 's=normal', seen: '.piece .badge-ok' },
  { state: 'phrases', query: 's=normal', lead: openTab(1), seen: '.piece-text' },
  { state: 'history', query: 's=normal', lead: openTab(2), seen: '.history-list .badge' },
  { state: 'sheet', query: 's=normal', lead: openRow('.badge-ok'), seen: '.checks' },
  { state: 'script', query: 's=normal', lead: openScript, seen: '.step .badge' },
  { state: 'no-hit', query: 's=normal', lead: (stage) => stage.search('zzzz'), seen: '.empty' },
  { state: 'no-consent', query: 's=no-consent', lead: openRow('.badge-bad'), seen: '.consent' },
  { state: 'invited', query: 's=invited', lead: openRow('.badge-bad'), seen: '.consent' },
  { state: 'declined', query: 's=declined', lead: openRow('.badge-bad'), seen: '.consent' },
  { state: 'withdrawn', query: 's=withdrawn', seen: '.who .badge-bad' },
  { state: 'consent-outdated', query: 's=consent-outdated', lead: openRow('.badge-bad'), seen: '.consent' },
  { state: 'unmatched', query: 's=unmatched', seen: '.match-one' },
  { state: 'first-contact', query: 's=first-contact', seen: '.match' },
  { state: 'out-of-territory', query: 's=out-of-territory', seen: '.who .badge-bad' },
  { state: 'cap-reached', query: 's=cap-reached', lead: openRow('.badge-bad'), seen: '.checks' },
  { state: 'expired', query: 's=expired', lead: openSearched('学术会议摘要汇编'), seen: '.checks' },
  { state: 'recalled', query: 's=recalled', lead: openSearched('产品折页（旧版）'), seen: '.checks' },
  { state: 'group', query: 's=group', seen: '.place' },
  { state: 'workbench', query: 's=workbench', seen: '.place-steps' },
  { state: 'old-client', query: 's=old-client', seen: '.place .problem-code' },
  { state: 'not-entitled', query: 's=empty', seen: '.who .badge-bad' },
  {
    state: 'refused',
    query: 's=refused&hcp=wmDemoHeJun',
    lead: async (stage) => {
      await openRow('.badge-ok')(stage)
      await press(stage)
    },
    seen: '.result',
  },
  {
    state: 'chat-switch',
    query: 's=chat-switch&hcp=wmDemoHeJun',
    lead: async (stage) => {
      await openRow('.badge-ok')(stage)
      await sim.choose({ hcp: 'wmDemoOuyangWenxuan' })
      await press(stage)
    },
    seen: '.result',
  },
  {
    state: 'offline',
    query: 's=normal',
    lead: async (stage) => {
      await stage.sidebar.locator('.piece .badge-ok').first().waitFor()
      await sim.choose({ repNetwork: 'offline' })
    },
    seen: '.banner-warn',
  },
]

describe('the sidebar', () => {
  test.each(states)('in the state $state is open to all, in any width and language', async (sight) => {
    const { state, query, seen, lead } = sight
    for (const language of languages) {
      await sim.reset()
      const stage = await bench.open(`${query}&lang=${language}`)
      await stage.sidebar.locator('.piece, .place, .match, .empty').first().waitFor()
      await lead?.(stage)
      await stage.sidebar.locator(seen).first().waitFor()
      const face = await stage.frame()
      for (const width of language === 'zh-CN' ? [300, 400] : [360]) {
        await enlarge(stage.page, '.sidebar', width)
        await expectOpenToAll(face)
      }
      for (const width of [300, 375]) await photograph(stage.page, '.sidebar', width, `${state}-${width}-${language}`)
      await enlarge(stage.page, '.sidebar', 300)
      expect(await sidewaysIn(face, 200)).toBe(0)
      await stage.page.close()
    }
  })
})

describe('the page on the doctor’s phone', () => {
  test('is open to all before, while and after it can be read', async () => {
    const stage = await bench.open('s=normal&hcp=wmDemoOuyangWenxuan')
    const title = await stage.openFirst()
    await stage.send()
    const look = async (state: string) => {
      const face = await stage.phoneFrame()
      for (const width of [300, 375]) {
        await enlarge(stage.page, '.doctor', width)
        await expectOpenToAll(face)
        await photograph(stage.page, '.doctor', width, `doctor-${state}-${width}-zh-CN`)
      }
      await enlarge(stage.page, '.doctor', 300)
      expect(await sidewaysIn(face, 200)).toBe(0)
    }
    await stage.openCard()
    await stage.phone.getByRole('button', { name: '我是收件人，打开资料' }).waitFor()
    await look('neutral')
    await stage.recognise()
    await stage.phone.getByRole('heading', { level: 1, name: title }).waitFor()
    await stage.phone.locator('#p1 img').first().waitFor()
    await look('reading')

    await stage.passPhoneTo('other-doctor:wmDemoLiMin')
    await stage.recognise()
    await stage.phone.getByText('LNK-03').waitFor()
    await look('other-reader')

    const [send] = await bench.records().sendsTo('wmDemoOuyangWenxuan', bench.began())
    await stage.ask('/api/rep/links/revoke', { requestId: crypto.randomUUID(), sendId: send?.['id'] })
    await stage.passPhoneTo('doctor')
    await stage.phone.getByText('LNK-01').waitFor()
    await look('revoked')
  })
})

describe('on a desk', () => {
  test.each(languages)('the stage is open to all in %s', async (language) => {
    const stage = await bench.open(`s=normal&lang=${language}`)
    await stage.page.setViewportSize({ width: 1280, height: 720 })
    await stage.pieces.first().waitFor()
    await expectOpenToAll(stage.page)
    await stage.page.screenshot({ path: photoPath(`stage-1280-${language}`) })
  })

  test('the console is open to all, from the sign-in over home to the list of sends', async () => {
    const page = await bench.newPage()
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(`${findPlace().rep}/console/`)
    await page.getByRole('link', { name: '用企业微信登录' }).waitFor()
    await expectOpenToAll(page)
    await page.screenshot({ path: photoPath('console-sign-in-1280-zh-CN') })
    await page.getByRole('link', { name: '用企业微信登录' }).click()
    await page.getByRole('link', { name: /许岚/ }).click()
    await page.locator('main h1').waitFor()
    await page.waitForLoadState('networkidle')
    await expectOpenToAll(page)
    await page.screenshot({ path: photoPath('console-home-1280-zh-CN') })
    await page.getByRole('navigation').getByRole('link', { name: '发送记录', exact: true }).click()
    await page.getByRole('row').nth(5).waitFor()
    await expectOpenToAll(page)
    await page.screenshot({ path: photoPath('console-sends-1280-zh-CN') })
  })
})
