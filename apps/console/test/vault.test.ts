import { describe, expect, test, vi } from 'vitest'
import { buildDetail } from './content-samples.ts'
import { useConsole } from './in-browser.ts'
import { braked, buildStatus, mappingSample } from './vault-samples.ts'

vi.setConfig({ testTimeout: 30_000 })

const { open, mood, path, faultsAt, faultsOfAxe, page } = useConsole()

const rows = () => page().locator('.quarantine-row')
const countRows = () => expect.poll(() => rows().count())
const button = (name: string) => page().getByRole('button', { name, exact: true })
const sheet = () => page().getByRole('dialog')
const field = (label: string) => page().getByLabel(label, { exact: true })
/** The last body that was sent there. */
const asked = (to: string) => mood().asked.findLast(({ path: one }) => one === to)?.body
const countAsked = (to: string) => mood().asked.filter(({ path: one }) => one === to).length

describe('the connection', () => {
  test('says in a sentence that all is well, and the facts behind it', async () => {
    await open('/vault')
    await page()
      .getByText(/连接正常。上次核对在 \d\d:\d\d:\d\d 完成（4\d 秒前）/)
      .waitFor()
    const text = await page().locator('.vault-card').textContent()
    for (const said of ['186 份已发布', '12 份待核对', '5 分钟内还可询问 1987 / 2000 次', 'Vault 编号 5102'])
      expect(text?.replace(/\s+/g, ' ')).toContain(said)
    expect(await page().getByRole('link', { name: '3 份已发布但停发' }).getAttribute('href')).toBe(
      '/console/content?show=held',
    )
  })

  test.each([
    {
      says: 'not configured',
      change: { connected: false, missing: ['VAULT_URL', 'VAULT_PASSWORD'] },
      shown: 'VAULT_PASSWORD',
    },
    { says: 'without a mapping', change: { mapping: null, revision: 0 }, shown: '请系统管理员设置字段对应' },
    {
      says: 'refused at the sign-in',
      change: { problem: 'sign_in_stopped USER_LOCKED_OUT' },
      shown: '账号被锁（USER_LOCKED_OUT）',
    },
    { says: 'asked to wait', change: { problem: 'rate_limited HTTP_503' }, shown: '时间一到自动继续' },
    {
      says: 'not looked at any more',
      change: { cycleAt: new Date(Date.now() - 7_200_000) },
      shown: '上次核对已是2 小时前',
    },
  ])('$says, says so and what to do', async ({ change, shown }) => {
    mood().vault.status = buildStatus(change)
    await open('/vault')
    await page().getByText(shown).waitFor()
    expect(await faultsOfAxe()).toEqual([])
  })

  test('is checked now with a reason, and followed to its end', async () => {
    await open('/vault')
    await button('立即核对').click()
    expect(await sheet().getByLabel('原因（留在审计里）').inputValue()).toBe('人工核对')
    mood().vault.after = [
      ...[buildStatus({ asked: true }), buildStatus({ running: true, comparing: true })],
      buildStatus({ cycleAt: new Date(Date.now() + 3_000), published: 188, ended: 42 }),
    ]
    await sheet().getByRole('button', { name: '立即核对' }).click()
    await page().getByText('正在和 Vault 逐份对照').waitFor()
    await page().getByText('核对完成：新发布 2 份，结束 1 份').waitFor()
    expect(asked('vault/sync')).toEqual({ reason: '人工核对' })
  })

  test('keeps the reason that was typed when the step does not work out', async () => {
    await open('/vault')
    await button('立即核对').click()
    await sheet().getByLabel('原因（留在审计里）').fill('Vault 团队已解锁')
    mood().vault.answer = { status: 403, body: { error: 'wrong_role', requestId: 'req-403' } }
    await sheet().getByRole('button', { name: '立即核对' }).click()
    await sheet().getByText('您的角色不能做这一步').waitFor()
    expect(await sheet().getByLabel('原因（留在审计里）').inputValue()).toBe('Vault 团队已解锁')
    await sheet().getByRole('button', { name: '立即核对' }).click()
    await sheet().waitFor({ state: 'hidden' })
  })

  test('cannot be read: a number to ask about, and another try', async () => {
    mood().list = 'broken'
    await open('/vault')
    await page()
      .getByText(/GEN-03 internal/)
      .first()
      .waitFor()
    mood().list = 'ok'
    await button('重试').first().click()
    await countRows().toBe(13)
  })
})

describe('the brake', () => {
  test('says what happened, what waits and what still works, and is released with a reason', async () => {
    mood().vault.status = buildStatus({ brake: braked })
    await open('/vault')
    const brake = page().locator('.vault-brake')
    await brake.getByText('一分钟内有 1000 份要发布，上限是 30 份').waitFor()
    await button('放行 1000 份').click()
    expect(await sheet().getByRole('button', { name: '放行 1000 份' }).isDisabled()).toBe(true)
    await sheet().getByLabel('原因（留在审计里）').fill('和 Vault 团队数过')
    expect(await faultsOfAxe()).toEqual([])
    mood().vault.after = [buildStatus({ running: true }), buildStatus({ cycleAt: new Date(Date.now() + 3_000) })]
    await sheet().getByRole('button', { name: '放行 1000 份' }).click()
    await page().getByText('已放行 1000 份，正在逐份核对').waitFor()
    await brake.waitFor({ state: 'hidden' })
    expect(asked('vault/unbrake')).toEqual({ reason: '和 Vault 团队数过' })
  })

  test('is shown to somebody who may not release it, with who may', async () => {
    mood().vault.status = buildStatus({ brake: braked, may: [] })
    await open('/vault')
    await page().getByText('由合规官放行。').first().waitFor()
    expect(await page().getByRole('button', { name: /放行/ }).count()).toBe(0)
  })
})

describe('what was put aside', () => {
  test('is filtered by address and found by its number, and Back goes back', async () => {
    await open('/vault')
    await countRows().toBe(13)
    await page().getByLabel('显示', { exact: true }).selectOption({ label: '要人核对' })
    await countRows().toBe(4)
    await page().getByLabel('原因', { exact: true }).selectOption({ label: '同一版本换了文件' })
    await countRows().toBe(1)
    expect(path()).toBe('/console/vault?show=person&reason=bytes_changed')
    await page().goBack()
    await page().goBack()
    await countRows().toBe(13)
    await page().getByRole('searchbox').fill('4103')
    await expect.poll(path).toBe('/console/vault?q=4103')
    await countRows().toBe(1)
    await page().getByRole('searchbox').fill('0000')
    await page().getByText('没有符合条件的版本').first().waitFor()
    await page().getByRole('link', { name: '清除条件' }).click()
    await countRows().toBe(13)
  })

  test('unfolds by keys to what should be and what is, and to what to do', async () => {
    await open('/vault')
    await countRows().toBe(13)
    await page().keyboard.press('/')
    await page().keyboard.press('ArrowDown')
    await page().keyboard.press('ArrowDown')
    await page().keyboard.press('Enter')
    const detail = page().locator('.quarantine-more')
    await detail.getByText('版本号没变，标题、到期日等却和批准时不同').waitFor()
    const cells = await detail.locator('.differences tbody tr').allTextContents()
    expect(cells.map((cell) => cell.replace(/\s+/g, ' ').trim())).toEqual([
      '标题旧标题新标题',
      '最后一天2027-05-31 00:00:002028-05-31 00:00:00',
    ])
    await page().keyboard.press('Escape')
    await expect.poll(() => detail.count()).toBe(0)
  })

  test('is released with a reason by who may, and checked again', async () => {
    await open('/vault')
    await page().locator('.send-toggle').first().click()
    await button('核对过，放行重查').click()
    await sheet().getByText('会重新向 Vault 核对状态、签名和文件').waitFor()
    await sheet().getByLabel('原因（留在审计里）').fill('原文件已换回')
    mood().vault.after = [
      buildStatus({ asked: true }),
      buildStatus({ cycleAt: new Date(Date.now() + 3_000), quarantined: 11 }),
    ]
    await sheet().getByRole('button', { name: '核对过，放行重查' }).click()
    await page().getByText('已放行，正在向 Vault 重查').first().waitFor()
    await page().getByText('核对完成：待核对少了 1 份').waitFor()
    expect(asked('vault/release')).toEqual({ vaultId: 4101, major: 1, minor: 0, reason: '原文件已换回' })
  })

  test('every reason unfolds without a fault of access', async () => {
    await open('/vault')
    await countRows().toBe(13)
    for (const toggle of await page().locator('.send-toggle').all()) await toggle.click()
    expect(await page().locator('.quarantine-more').count()).toBe(13)
    expect(await faultsOfAxe()).toEqual([])
  })

  test('is seen, and left alone, by an auditor', async () => {
    mood().roles = ['auditor']
    mood().vault.status = buildStatus({ may: [] })
    await open('/content')
    await page().getByRole('link', { name: 'Veeva Vault' }).click()
    await countRows().toBe(13)
    await page().locator('.send-toggle').first().click()
    await page().getByText('由合规官放行。').first().waitFor()
    expect(await button('立即核对').count()).toBe(0)
  })
})

describe('the mapping', () => {
  const admin = () => {
    mood().roles = ['system_admin']
    mood().vault.status = buildStatus({ may: ['change_mapping', 'sync'] })
  }

  test('is tried, saved with a reason, and tells who changed what', async () => {
    admin()
    await open('/vault/mapping')
    await field('至少几个人签').fill('3')
    await page().getByText('1 处修改没有保存').waitFor()
    await button('用 Vault 试一试').click()
    await page().getByText('看了最近改过的 61 份文档，其中 3 份标为企业微信').waitFor()
    expect(asked('vault/trial')).toMatchObject({ approvers: 3, products: mappingSample.products })
    await button('加上 00P000000000Z77').click()
    await page().keyboard.press('Tab')
    await button('保存').click()
    await page().getByText('写几个字说明为什么改').waitFor()
    await page().getByLabel('为什么改（留在审计里）').fill('新产品，三人签名')
    await button('保存').click()
    await page().getByText('已保存，马上按新的对应核对').waitFor()
    expect(asked('vault/mapping')).toEqual({
      ...{ ...mappingSample, approvers: 3, products: [...mappingSample.products, '00P000000000Z77=EXMAB'] },
      ...{ reason: '新产品，三人签名', revision: 4 },
    })
    await page().getByText('没有修改').waitFor()
    await expect.poll(() => page().locator('.vault-trail').textContent()).toMatch(/新增一个产品[^]*至少几个人签：1 → 2/)
  })

  test('keeps what was typed through faults, a reload and somebody else’s saving', async () => {
    admin()
    await open('/vault/mapping')
    await field('渠道字段').fill('bad name')
    await field('一分钟最多发布几份').fill('12')
    await page().getByLabel('为什么改（留在审计里）').fill('改小一点')
    await button('保存').click()
    await page().getByText('有 1 处要改，没有保存').waitFor()
    expect(await field('渠道字段').evaluate((input) => input === document.activeElement)).toBe(true)
    expect(countAsked('vault/mapping')).toBe(0)
    await page().reload()
    await page().getByText('恢复了上次没保存的修改').waitFor()
    expect(await field('渠道字段').inputValue()).toBe('bad name')
    await field('渠道字段').fill('channel__c')
    await page().getByLabel('为什么改（留在审计里）').fill('改小一点')
    mood().vault.answer = { status: 409, body: { error: 'stale_revision', requestId: 'req-409' } }
    mood().vault.status = buildStatus({
      ...{ may: ['change_mapping', 'sync'], revision: 5, mapping: { ...mappingSample, approvers: 4 } },
    })
    await button('保存').click()
    await page().getByText('别人刚保存过，改了：至少几个人签').waitFor()
    expect([await field('至少几个人签').inputValue(), await field('一分钟最多发布几份').inputValue()]).toEqual([
      '4',
      '12',
    ])
    await button('保存').click()
    await page().getByText('已保存，马上按新的对应核对').waitFor()
    expect(asked('vault/mapping')).toMatchObject({ revision: 5, approvers: 4, brakePerMinute: 12 })
  })

  test('says at each setting what the vault says against it', async () => {
    admin()
    await open('/vault/mapping')
    await field('批准号').fill('approval__c')
    await page().getByLabel('为什么改（留在审计里）').fill('换字段')
    const faults = [{ field: 'approvalNumberField', problem: 'not_in_vault' }]
    mood().vault.answer = { status: 200, body: { outcome: 'refused', faults } }
    await button('保存').click()
    await page().getByText('Vault 里没有这个字段，或接口账号看不到').waitFor()
    expect(await faultsOfAxe()).toEqual([])
    mood().vault.answer = {
      status: 200,
      body: { outcome: 'refused', faults: [{ field: 'vault', problem: 'unreachable' }] },
    }
    await button('保存').click()
    await page().getByText('没有保存，问不到 Vault：连不上 Veeva Vault').waitFor()
    expect(await field('批准号').inputValue()).toBe('approval__c')
  })

  test('offers the fields the vault has, and begins with what most vaults have', async () => {
    mood().roles = ['system_admin']
    mood().vault.status = buildStatus({ mapping: null, revision: 0, may: ['change_mapping', 'sync'] })
    await open('/vault')
    await page().getByRole('link', { name: '设置字段对应' }).click()
    expect(await field('产品字段').inputValue()).toBe('product__v')
    await button('读取 Vault 的字段').click()
    await page().getByText('读到 5 个字段').waitFor()
    expect(await page().locator('#vault-fields option').count()).toBe(5)
  })

  test('is read by who may not change it', async () => {
    await open('/vault/mapping')
    await page().getByText('只有系统管理员能修改。').waitFor()
    expect(await field('渠道字段').isDisabled()).toBe(true)
    expect(await button('保存').count()).toBe(0)
  })
})

const fromVault = buildDetail({
  ...{ source: 'vault', lifeState: 'approved', held: 'bytes_changed', owner: '', may: [], maySign: [] },
  origin: {
    ...{ vaultId: 4101, version: '1.0', provedAt: new Date('2026-11-21T06:05:12.000Z') },
    newer: { version: '2.0', reason: 'one_approver_only' },
    differences: [{ what: 'fileHash', expected: 'a'.repeat(64), found: 'b'.repeat(64) }],
  },
})

test('a piece from the vault says where it comes from, why it rests, and what comes after it', async () => {
  mood().detail = fromVault
  await open('/content/01KAH2D8Y4S7C1F6G9J3K5M100')
  const origin = page().locator('.vault-origin')
  await origin.getByText('现在不能发：同一版本换了文件').waitFor()
  const text = (await origin.textContent())?.replace(/\s+/g, ' ')
  expect(text).toContain('Vault 里有更新的版本 2.0它在待核对里：签名的人不够。')
  expect(text).toContain('2026-11-21 14:05:12')
  expect(await origin.getByRole('link').first().getAttribute('href')).toBe('/console/vault?q=4101')
})

const screens = [
  { says: 'vault', address: '/vault', status: buildStatus({ brake: braked }), shown: '4101' },
  {
    says: 'vault stopped',
    address: '/vault',
    status: buildStatus({ problem: 'sign_in_stopped USER_LOCKED_OUT' }),
    shown: 'USER_LOCKED_OUT',
  },
  {
    says: 'vault mapping',
    address: '/vault/mapping',
    status: buildStatus({ may: ['change_mapping'] }),
    shown: '00P000000000Z01=EXMAB',
  },
  { says: 'vault piece', address: '/content/01KAH2D8Y4S7C1F6G9J3K5M100', status: buildStatus(), shown: 'SHA-256' },
]

describe('has no fault of access', () => {
  for (const { says, address, status, shown } of screens) {
    test.each([
      { colorScheme: 'light' as const, lang: 'zh' },
      { colorScheme: 'dark' as const, lang: 'en' },
    ])(`${says} at every width, $colorScheme, $lang`, async ({ colorScheme, lang }) => {
      mood().detail = fromVault
      mood().vault.status = status
      await open(`${address}?lang=${lang}`, { colorScheme })
      await page().getByText(shown).first().waitFor({ state: 'attached' })
      if (says === 'vault') for (const nth of [0, 1, 8]) await page().locator('.send-toggle').nth(nth).click()
      expect(await faultsAt([1280, 375, 320], `${says}-${lang}`)).toEqual([])
    })
  }
})
