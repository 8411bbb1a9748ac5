import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { useBench } from './bench.ts'
import { sitDown } from './office.ts'
import { barriersIn, photoPath } from './sight.ts'

const bench = useBench({ still: true })

/** Jobs count within minutes of the first start; whoever comes earlier is told that nothing was counted. */
const countedMs = 90_000
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

describe('reports of the world as it begins', () => {
  test(
    'compliance sees what became of sends, by rep, and takes the table and the picture away',
    { timeout: 180_000 },
    async () => {
      const page = await (await bench.newBrowser()).newPage()
      const [from, until] = [daysAgo(360), daysAgo(-1)]
      await sitDown(page, '许岚', `/reports?period=own&from=${from}&until=${until}`)
      const counted = page.getByText('统计到 2')
      for (const until = Date.now() + countedMs; !(await counted.count()) && Date.now() < until;) {
        await page.waitForTimeout(2_000)
        await page.getByRole('button', { name: '刷新' }).click()
      }
      await page.locator('.report-canvas canvas').waitFor()
      const table = page.getByRole('table')
      const total = await table.getByRole('row').filter({ hasText: '合计' }).getByRole('cell').allTextContents()
      const numbers = total.map((cell) => Number(cell.trim().replaceAll(',', '')))
      const [passed, refused] = [numbers[0]!, numbers.at(-1)!]
      expect(passed).toBeGreaterThan(100)
      expect(numbers.slice(1, -1).reduce((sum, n) => sum + n, 0)).toBe(passed)
      expect(refused).toBeGreaterThan(0)
      await page.screenshot({ path: photoPath('reports-sends'), fullPage: true })

      await page.getByLabel('按', { exact: true }).selectOption('rep')
      await table.getByRole('rowheader', { name: '王磊' }).waitFor()
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '导出 CSV' }).click(),
      ])
      const csv = readFileSync(await file.path(), 'utf8')
      expect(csv).toContain('"通过检查","通过全部规则')
      expect(csv).toContain('"王磊"')

      await page.getByLabel('报表', { exact: true }).selectOption('standing')
      await table.getByRole('columnheader', { name: '已撤回' }).waitFor()
      expect(await barriersIn(page)).toEqual([])
      await page.screenshot({ path: photoPath('reports-standing'), fullPage: true })
    },
  )
})
