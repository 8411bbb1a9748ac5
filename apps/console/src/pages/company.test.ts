// @vitest-environment happy-dom
import type { CompanyChoice } from '@vouch/contract'
import { describe, expect, test } from 'vitest'
import { type Answer, answersOf, asked, barriers, ok, openPage, press, settle, wrapper } from '../../test/open-page.ts'
import { me } from '../../test/samples.ts'
import { speak } from '../text/index.ts'

const words = {
  ...{ name: '海明药业', nameEn: 'Haiming Pharma', safetyPhone: '400-600-1234' },
  ...{ safetyEmail: 'safety@haiming.example', privacyEmail: '' },
}
const choice = (code: string, name: string, used: boolean): CompanyChoice => ({
  ...{ code, name, nameEn: `${code} in English`, mark: `a${code.length}`, used },
})
const lists = {
  products: [choice('PD1', '示例单抗', true), choice('PD22', '示例双抗', false)],
  ...{ specialties: [], repGroups: [], territories: [{ code: 'east', name: '华东', nameEn: 'East' }] },
}
const page = { words, mark: 'a0', ...lists, mayChange: true }
const path = '/api/console/company'
const open = (given: Record<string, Answer> = {}) =>
  openPage('/company', answersOf({ '/api/console/me': ok(me), [path]: ok(page), ...given }))
const inputsOf = (part: string) => asked.filter((one) => one.path === path + part).map(({ input }) => input)
const dialog = () => document.querySelector<HTMLElement>('[role="dialog"]')!
const save = () => [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === '保存')!

async function type(label: string, value: string, within: ParentNode = document.body): Promise<void> {
  const field = [...within.querySelectorAll('label')].find((one) => one.textContent?.includes(label))
  const input = field?.querySelector<HTMLInputElement>('input, textarea')
  if (!input) throw new Error(`no field ${label}`)
  input.value = value
  input.dispatchEvent(new Event('input'))
  await settle()
}
const pressIn = (label: string) => {
  const button = document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)
  button?.click()
  return settle()
}

describe('the company', () => {
  test('says beside each field where doctors see it, what is used, and has no barrier in either language', async () => {
    await open()
    expect(wrapper.text()).toMatch(/公司名称（中文）.*医生会看到.*不良反应电话.*医生会看到/s)
    expect(wrapper.text()).toContain('华东')
    const [used, unused] = wrapper.findAll('tbody tr')
    expect(used?.text()).toMatch(/PD1.*在用.*改名/s)
    expect(used?.text()).not.toContain('去掉')
    expect(unused?.text()).toMatch(/PD22.*没有用到.*去掉/s)
    expect(await barriers()).toEqual([])
    await speak('en')
    await settle()
    expect(wrapper.text()).toContain('Telephone for adverse reactions')
    expect(await barriers()).toEqual([])
  })

  test('is only looked at by whoever may not change it', async () => {
    await open({ [path]: ok({ ...page, mayChange: false }) })
    expect(wrapper.findAll('main button, main input')).toEqual([])
    expect(wrapper.text()).toContain('由系统管理员修改')
  })

  test('that nobody named asks for what is missing and calls nothing wrong yet', async () => {
    const nothing = { name: '', nameEn: '', safetyPhone: '', safetyEmail: '', privacyEmail: '' }
    await open({ [path]: ok({ ...page, words: nothing, products: [] }) })
    expect(wrapper.find('[aria-invalid]').exists()).toBe(false)
    expect(wrapper.text()).toContain('医生没有地方报告不良反应')
    expect(save().disabled).toBe(true)
    expect(await barriers()).toEqual([])
  })

  test('is saved over what was seen, with a reason', async () => {
    await open({ [`${path}/changes`]: ok({ outcome: 'done' }) })
    await type('个人信息保护邮箱', 'privacy')
    await type('原因', '补邮箱')
    expect(save().disabled).toBe(true)
    expect(wrapper.text()).toContain('请填完整的邮箱')
    await type('个人信息保护邮箱', ' privacy@haiming.example ')
    await press('保存')
    await settle()
    expect(inputsOf('/changes')).toEqual([
      { ...words, privacyEmail: 'privacy@haiming.example', mark: 'a0', reason: '补邮箱' },
    ])
    expect(inputsOf('')).toHaveLength(2)
    expect(document.body.textContent).toContain('已保存')
  })

  test('shows what somebody else said meanwhile beside what was typed, and saves over that', async () => {
    const theirs = { ...words, name: '海明制药' }
    await open({ [`${path}/changes`]: ok({ outcome: 'overtaken', words: theirs, mark: 'b0' }) })
    await type('公司名称（中文）', '海明集团')
    await type('原因', '公司改名')
    await wrapper.get('form').trigger('submit')
    await settle()
    expect(wrapper.get('.differences tbody').text()).toMatch(/公司名称（中文）\s*海明制药\s*海明集团/)
    expect(await barriers()).toEqual([])
    await press('保存')
    await settle()
    expect(inputsOf('/changes').map(({ mark }) => mark)).toEqual(['a0', 'b0'])
    expect(inputsOf('/changes')[1]).toMatchObject({ name: '海明集团', reason: '公司改名' })
  })

  test('keeps what was typed when it could not be saved', async () => {
    await open({ [`${path}/changes`]: { status: 503, data: 'busy' } })
    await type('公司名称（英文）', 'Haiming')
    await type('原因', '公司改名')
    await press('保存')
    await settle()
    expect(wrapper.text()).toContain('填的内容还在')
    expect(wrapper.findAll('input')[1]?.element.value).toBe('Haiming')
  })
})

describe('its lists', () => {
  const choices = `${path}/choices`

  test('take a code that fits, and keep what was typed when it is taken', async () => {
    const now = { code: 'PD1', name: '示例单抗', nameEn: 'Examplimab', mark: 'a3' }
    await open({ [`${choices}/additions`]: ok({ outcome: 'refused', reason: 'code_taken', now }) })
    await pressIn('添加产品')
    await type('代码', 'pd 1', dialog())
    await type('中文名称', '新药', dialog())
    await type('英文名称', 'New', dialog())
    await type('原因', '新药上市', dialog())
    await press('添加', dialog())
    expect(inputsOf('/choices/additions')).toEqual([])
    await type('代码', 'pd1', dialog())
    await press('添加', dialog())
    await settle()
    expect(inputsOf('/choices/additions')).toEqual([
      { list: 'products', code: 'pd1', name: '新药', nameEn: 'New', reason: '新药上市' },
    ])
    expect(dialog().textContent).toContain('代码已经有了：PD1（示例单抗）')
    expect(dialog().querySelector('input')?.value).toBe('pd1')
  })

  test('can be chosen from at once where a piece is begun', async () => {
    const choices = (codes: CompanyChoice[]) =>
      ok({ products: codes, specialties: [], territories: [], hospitalGrades: [], repGroups: [], market: 'CN' })
    let products: CompanyChoice[] = []
    const played = {
      '/api/console/me': ok(me),
      [path]: ok(page),
      [`${path}/choices/additions`]: ok({ outcome: 'done' }),
    }
    const pages = await openPage(
      '/content/new',
      answersOf({ ...played, '/api/console/content/choices': () => choices(products) }),
    )
    expect(wrapper.text()).toContain('还没有产品')
    await pages.push('/company')
    await settle()
    await pressIn('添加产品')
    await type('代码', 'PD1', dialog())
    await type('中文名称', '示例单抗', dialog())
    await type('英文名称', 'Examplimab', dialog())
    await type('原因', '新药上市', dialog())
    products = lists.products
    await press('添加', dialog())
    await settle()
    await pages.push('/content/new')
    await settle()
    expect(wrapper.text()).toContain('示例单抗')
    expect(wrapper.text()).not.toContain('还没有产品')
  })

  test('call something otherwise once what stands there now was seen', async () => {
    const now = { code: 'PD1', name: '甲', nameEn: 'A', mark: 'c3' }
    await open({ [`${choices}/renames`]: ok({ outcome: 'refused', reason: 'overtaken', now }) })
    await pressIn('改名：示例单抗')
    await type('中文名称', '乙', dialog())
    await type('原因', '产品更名', dialog())
    await press('改名', dialog())
    await settle()
    expect(dialog().textContent).toContain('现在是 甲 / A')
    await press('改名', dialog())
    await settle()
    expect(inputsOf('/choices/renames')).toMatchObject([{ mark: 'a3', code: 'PD1', name: '乙' }, { mark: 'c3' }])
  })

  test('let go of what nothing uses', async () => {
    await open({ [`${choices}/removals`]: ok({ outcome: 'done' }) })
    await pressIn('去掉：示例双抗')
    await type('原因', '填错了', dialog())
    await press('去掉', dialog())
    await settle()
    expect(inputsOf('/choices/removals')).toEqual([{ list: 'products', code: 'PD22', mark: 'a4', reason: '填错了' }])
    expect(document.querySelector('[role="dialog"]')).toBeNull()
    expect(document.body.textContent).toContain('已去掉')
  })
})
