import type { BrowserContext } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { expectOpenToAll, photoPath, sidewaysIn } from './sight.ts'
import type { Stage } from './stage.ts'

const bench = useBench()
const contexts: BrowserContext[] = []
/** What the company allowed before this journey; afterwards it allows that again. */
let before: unknown
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  const { rows } = bench.records()
  if (before === undefined) return
  await rows('delete from policy where version > ?', [before])
  await rows('delete from policy_change')
  await rows('delete from policy_preview')
})

const doctor = 'wmDemoXieZhiyuan'

async function deskOf(name: string, address: string): Promise<Desk> {
  const context = await bench.newBrowser()
  contexts.push(context)
  const page = await context.newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' }) // what is half faded in cannot be looked at
  return sitDown(page, name, address)
}

/** The page is for everybody, in both languages; at each width it is seen whole. */
async function lookAtEveryWidth({ page }: Desk, name: string): Promise<void> {
  for (const language of ['zh', 'en']) {
    for (const width of [1280, 375, 320]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: photoPath(`console-${name}-${language}-${width}`), fullPage: true })
      expect(await sidewaysIn(page), `${name} at ${width}`).toBe(0)
    }
    await expectOpenToAll(page)
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole('button', { name: language === 'zh' ? 'English' : '中文', exact: true }).click()
  }
}

const send = async (stage: Stage, contentItemId: string) =>
  (
    await stage.ask('/api/rep/sends', {
      ...{ requestId: crypto.randomUUID(), externalUserId: doctor, contentItemId, kind: 'news' },
      ...{ entry: 'single_chat_tools', again: true },
    })
  ).body

describe('the limit of sends a month', () => {
  test('is lowered by two people, and blocks from then on what the preview had said', async () => {
    const { rows, audit } = bench.records()
    before = (await rows('select max(version) as version from policy'))[0]?.['version']
    const stage = await bench.open(`s=normal&hcp=${doctor}`)
    await stage.openFirst()
    const piece = await stage.openedPiece()
    expect((await send(stage, piece))['outcome']).toBe('authorised')
    const secondSend = await send(stage, piece)
    expect(secondSend['outcome']).toBe('authorised')

    const officer = await deskOf('许岚', '/policy')
    await officer.button('提出修改').click()
    await officer.field('每月上限（次）').fill('1')
    await officer.page.getByText('每位医生每个自然月最多收到 1 次').waitFor()
    await officer.button('先看影响').click()
    const examples = officer.page.getByRole('button', { name: /^会多拦下 · 看例子/ })
    await examples.click({ timeout: 20_000 })
    await officer.page.getByRole('table', { name: '会多拦下的发送' }).waitFor()
    await lookAtEveryWidth(officer, 'policy-form')
    await officer.field('为什么改').fill('医生说收到的太多')
    await officer.button('提交，请第二个人批准').click()
    await officer.page.getByText('您提出的，要由别人批准').waitFor()
    expect(await officer.button('批准').count()).toBe(0)

    const [change] = await rows('select id, preview_id from policy_change')
    const foretold = async () => {
      const [found] = await rows('select stage, counts, examples from policy_preview where id = ?', [
        change?.['preview_id'],
      ])
      return found?.['stage'] === 'done' ? JSON.stringify(found['examples']) : ''
    }
    await expect.poll(foretold, { timeout: 20_000 }).toContain(String(secondSend['sendId']))

    const second = await deskOf('何静', '/policy')
    await second.page.getByText('许岚 在').waitFor()
    await lookAtEveryWidth(second, 'policy-change')
    await second.button('批准').click()
    await second.page.getByText('已批准').first().waitFor()
    expect((await audit(change?.['id'])).filter((event) => String(event).startsWith('policy.'))).toEqual([
      'policy.change_proposed',
      'policy.change_approved',
    ])

    const third = async () => JSON.stringify(await send(stage, piece))
    await expect.poll(third, { timeout: 5_000 }).toContain('"cap_reached"')
    const [last] = await rows('select outcome, policy_version from send where external_user_id = ? order by id desc', [
      doctor,
    ])
    expect(last).toEqual({ outcome: 'refused', policy_version: Number(before) + 1 })

    const trail = await deskOf('许岚', '/audit')
    await trail.page.getByLabel('做了什么').selectOption({ label: '批准修改发送规则' })
    await trail.page.getByRole('cell', { name: /何静/ }).first().waitFor()
    await lookAtEveryWidth(trail, 'audit-trail')
  })
})
