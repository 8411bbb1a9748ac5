import { mostViews, viewEndpoints, viewFields, type SavedView, type ViewList } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany } from '../../test/builders.ts'
import { buildColleague, type Colleague } from '../../test/office.ts'
import { call, startTestServer, type TestServer } from '../../test/test-server.ts'

let server: TestServer
let lan: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  lan = await buildColleague(server, 'compliance_officer')
})
afterAll(() => server.stop())
beforeEach(async () => void (await server.owner.deleteFrom('savedView').execute()))

const save = async (given: { list?: ViewList; name?: string; asks?: string; over?: boolean } = {}, who = lan) => {
  const asked = { list: 'content' as const, name: '快到期', asks: 'show=expiring', over: false, ...given }
  return (await call(server, who.cookie, viewEndpoints.saveView, asked)).body
}
const views = async (list: ViewList = 'content', who = lan): Promise<SavedView[]> =>
  (await call(server, who.cookie, viewEndpoints.listViews, { list })).body.views
const rename = (viewId: string, name: string, who = lan) =>
  call(server, who.cookie, viewEndpoints.renameView, { viewId, name })
const remove = (viewId: string, who = lan) => call(server, who.cookie, viewEndpoints.removeView, { viewId })
const ten = <Answer>(ask: (nth: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: 10 }, (_, nth) => ask(nth)))

describe('a view of a list', () => {
  it('is kept under its name for one’s own list, and opened again', async () => {
    const { viewId } = await save()
    await save({ list: 'audit', asks: 'from=2026-05-01&order=at&hide=' })
    expect(await views()).toEqual([{ viewId, name: '快到期', asks: 'show=expiring' }])
    expect(await views('audit')).toMatchObject([{ asks: 'from=2026-05-01&order=at&hide=' }])
    expect(await views('sends')).toEqual([])
  })

  it('of ten saved at once under one name is there once; the same again is no other, and another asks first', async () => {
    const alike = await ten(() => save())
    expect(new Set(alike.map(({ viewId }) => viewId)).size).toBe(1)
    const apart = await ten((nth) => save({ name: '我的', asks: `show=draft&product=P${nth}` }))
    expect(apart.filter(({ outcome }) => outcome === 'saved')).toHaveLength(1)
    expect(apart.filter(({ reason }) => reason === 'name_taken')).toHaveLength(9)
    expect((await views()).map(({ name }) => name)).toEqual(['快到期', '我的'])
  })

  it('is replaced where that was asked for, and stays the same view', async () => {
    const { viewId } = await save()
    expect(await save({ asks: 'show=held', over: true })).toEqual({ outcome: 'saved', viewId })
    expect(await views()).toEqual([{ viewId, name: '快到期', asks: 'show=held' }])
  })

  it('is one of a few: more are refused, also at once, and one that is there is still replaced', async () => {
    for (let nth = 1; nth < mostViews; nth += 1) await save({ name: `视图 ${nth}` })
    const answers = await ten((nth) => save({ name: `再加 ${nth}` }))
    expect(answers.filter(({ outcome }) => outcome === 'saved')).toHaveLength(1)
    expect(answers.filter(({ reason }) => reason === 'too_many')).toHaveLength(9)
    expect(await views()).toHaveLength(mostViews)
    expect(await save({ name: '视图 1', asks: 'show=held', over: true })).toMatchObject({ outcome: 'saved' })
    expect(await save({ list: 'sends', asks: 'show=sent' })).toMatchObject({ outcome: 'saved' })
  })

  it('is called otherwise, but not like another', async () => {
    const [{ viewId }, other] = [await save(), await save({ name: '草稿', asks: 'show=draft' })]
    expect((await rename(viewId, '草稿')).body).toEqual({ outcome: 'refused', reason: 'name_taken' })
    expect((await rename(viewId, ' 三十天内 ')).body).toEqual({ outcome: 'saved', viewId })
    expect((await rename(viewId, '三十天内')).body).toEqual({ outcome: 'saved', viewId })
    const answers = await ten((nth) => rename(nth % 2 ? viewId : other.viewId, '同名'))
    expect(new Set(answers.map(({ body }) => body.outcome))).toEqual(new Set(['saved', 'refused']))
    expect((await views()).filter(({ name }) => name === '同名')).toHaveLength(1)
  })

  it('is removed, once for all who ask, and can be kept again', async () => {
    const { viewId } = await save()
    expect((await ten(() => remove(viewId))).map(({ body }) => body)).toEqual(
      Array.from({ length: 10 }, () => ({ done: true })),
    )
    expect(await views()).toEqual([])
    expect(await save()).toMatchObject({ outcome: 'saved' })
  })
})

describe('somebody else’s view', () => {
  it.each(['author', 'manager', 'auditor', 'system_admin'])(
    'is not seen, not named and not removed by %s, who keeps their own',
    async (role) => {
      const { viewId } = await save()
      const who = await buildColleague(server, role)
      expect(await views('content', who)).toEqual([])
      const guessed = await rename(viewId, '别人的', who)
      const invented = await rename('01KAH2D8Y4S7C1F6G9J3K5M999', '别人的', who)
      expect([guessed.status, guessed.body.error]).toEqual([404, 'not_found'])
      expect({ ...guessed.body, requestId: '' }).toEqual({ ...invented.body, requestId: '' })
      expect((await remove(viewId, who)).body).toEqual({ done: true })
      expect(await save({ asks: 'show=draft' }, who)).toMatchObject({ outcome: 'saved' })
      expect(await views()).toEqual([{ viewId, name: '快到期', asks: 'show=expiring' }])
    },
  )

  it('is nothing for a rep without an office', async () => {
    const rep = await buildColleague(server, 'rep')
    expect((await save({}, rep)).error).toBe('wrong_role')
  })
})

describe('[R21] what a view may say', () => {
  it.each(Object.keys(viewFields) as ViewList[])(
    'of %s is no word that was searched for and no doctor',
    async (list) => {
      for (const field of ['q', 'doctor', 'subject', 'after', 'nothing'])
        expect(await save({ list, asks: `order=at&${field}=x` }), field).toMatchObject({ field: 'asks' })
      const asks = viewFields[list].map((field) => `${field}=x`).join('&')
      expect(await save({ list, asks })).toMatchObject({ outcome: 'saved' })
    },
  )

  it('is written as an address writes it, under a name', async () => {
    for (const asks of ['show=expiring"', 'show=张伟', 'show=<b>', `show=${'x'.repeat(900)}`])
      expect(await save({ asks })).toMatchObject({ error: 'bad_request', field: 'asks' })
    for (const name of ['', '  ', '长'.repeat(31)])
      expect(await save({ name })).toMatchObject({ error: 'bad_request', field: 'name' })
    expect(await views()).toEqual([])
  })
})
