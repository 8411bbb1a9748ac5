import type { BrowserContext } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { expectOpenToAll, photoPath, sidewaysIn } from './sight.ts'

const bench = useBench()
const contexts: BrowserContext[] = []
/** Somebody no other journey gives anything to. */
const colleague = '方圆'
let personId: unknown
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  if (!personId) return
  const { rows } = bench.records()
  await rows("delete from person_role where person_id = ? and role = 'system_admin'", [personId])
  await rows('delete from role_change where person_id = ?', [personId])
  await rows("delete from role_step where person_id = ? and role = 'system_admin'", [personId])
})

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

const post = ({ page }: Desk, path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> =>
  page.evaluate(
    async ([to, asked]) => {
      const answer = await fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body: asked })
      return { status: answer.status, body: await answer.json() }
    },
    [path, JSON.stringify(body)] as const,
  )
const check = async (desk: Desk) => (await post(desk, '/api/console/checks', {})).status

describe('a role', () => {
  test('is asked for by one, approved by another, opens what it says, and closes it when it is taken', async () => {
    const { rows, audit } = bench.records()
    personId = (await rows('select id from person where name = ?', [colleague]))[0]?.['id']
    const itself = await deskOf(colleague, '/content')
    expect(await check(itself)).toBe(403)

    const first = await deskOf('罗安', '/people')
    await first.page.getByLabel('搜人员').fill('fangyuan')
    const row = first.page.getByRole('link', { name: colleague, exact: true })
    await expect.poll(() => first.page.locator('tbody tr').count()).toBe(1)
    await lookAtEveryWidth(first, 'people')
    await row.click()
    await first.button('授予角色').click()
    await first.sheet.getByRole('combobox').selectOption({ label: '系统管理员' })
    await first.sheet.locator('textarea').fill('接手企业微信管理')
    await first.button('提交审批').click()
    await first.told('已提交，等另一位安全管理员批准')
    await first.page.getByText('是您提出的，要另一位安全管理员批准').waitFor()
    expect(await first.button('批准').count()).toBe(0)
    await lookAtEveryWidth(first, 'person')
    expect(await check(itself)).toBe(403)

    const [own] = await rows("select id from person where name = '罗安'")
    const forSelf = { personId: own?.['id'], role: 'legal', until: null, territories: [], reason: '给我自己' }
    const refused = await post(first, '/api/console/people/roles/changes', {
      ...{ requestId: crypto.randomUUID(), ...forSelf },
    })
    expect(refused.body).toEqual({ outcome: 'refused', reasons: ['own_role'] })

    const second = await deskOf('魏宁', '/people')
    await second.page.getByText(`罗安 提出给 ${colleague} “系统管理员”角色`).waitFor()
    await lookAtEveryWidth(second, 'people-waiting')
    await second.button('批准').click()
    await second.told('已批准，马上生效')
    expect(await check(itself)).toBe(200)

    await first.page.reload()
    await first.page.getByText('罗安 提出，魏宁 批准').first().waitFor()
    await first.button('收回 系统管理员').click()
    await first.sheet.locator('textarea').fill('只是代班一天')
    await first.button('收回角色').click()
    await first.told('已收回，马上生效')
    expect(await check(itself)).toBe(403)
    expect((await audit(personId)).filter((event) => String(event).startsWith('role.'))).toEqual([
      'role.asked',
      'role.granted',
      'role.taken',
    ])
  })
})
