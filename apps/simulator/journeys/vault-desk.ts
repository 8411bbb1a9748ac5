import { expect } from 'vitest'
import type { Desk } from './office.ts'

/** The flag of these journeys: what else lies in the demo company's vault stays there. */
export const channel = 'Journey'

const fields: [string, string][] = [
  ['渠道字段', 'channel__c'],
  ['渠道的值', channel],
  ['可发送的状态', 'Approved for Distribution'],
  ['批准号', 'approval_code__c'],
  ['类别字段', 'content_class__c'],
]
const pairs: [string, string, string][] = [
  ['产品对应', '00P000000000Z01', 'EXMAB'],
  ['地区对应', '00C000000000CN1', 'CN'],
  ['语言对应', 'Chinese (Simplified)', 'zh-CN'],
  ['类别对应', 'Scientific', 'scientific'],
  ['签名含义', 'Medical approval', 'medical'],
  ['签名含义', 'Legal approval', 'legal'],
]

/** Writes the mapping in the console, tries it, and saves it. What another journey saved is left as it is. */
export async function setMapping({ page, button }: Desk, brakePerMinute: number): Promise<void> {
  const field = (label: string) => page.getByLabel(label, { exact: true })
  if ((await field('渠道的值').inputValue()) !== channel) {
    for (const [label, value] of fields) await field(label).fill(value)
    for (const [label, from, to] of pairs) await addPair({ page }, label, from, to)
  }
  await field('一分钟最多发布几份').fill(String(brakePerMinute))
  await button('用 Vault 试一试').click()
  await page.getByText('试一试不保存，也不发布任何东西。').waitFor()
  if (await page.getByText('没有修改').isVisible()) return
  await page.getByLabel('为什么改（留在审计里）').fill('一步步走一遍')
  await button('保存').click()
  await page.getByText('已保存，马上按新的对应核对').waitFor()
}

async function addPair({ page }: Pick<Desk, 'page'>, label: string, from: string, to: string): Promise<void> {
  const group = page.getByRole('group', { name: label, exact: true })
  await group.getByRole('button', { name: '加一行' }).click()
  const line = group.getByRole('listitem').last()
  await line.getByRole('textbox').first().fill(from)
  const choice = line.getByRole('combobox')
  if ((await choice.count()) > 0) await choice.selectOption(to)
  else await line.getByRole('textbox').last().fill(to)
}

/** Has the office check with the vault now and waits for its end. */
export async function checkNow({ page, button, sheet }: Desk, says: RegExp): Promise<void> {
  await page.reload() // a check that is still followed keeps the button
  await button('立即核对').click()
  await sheet.getByRole('button', { name: '立即核对' }).click()
  await sheet.waitFor({ state: 'hidden' })
  await expect.poll(() => page.locator('.vault-card [role=status]').textContent(), { timeout: 20_000 }).toMatch(says)
}

/** Gives the reason a sheet asks for and presses what stands at its foot. */
export async function giveReason({ sheet }: Desk, press: string, reason: string): Promise<void> {
  await sheet.getByLabel('原因（留在审计里）').fill(reason)
  await sheet.getByRole('button', { name: press }).click()
  await sheet.waitFor({ state: 'hidden' })
}
