import { readFileSync } from 'node:fs'
import type { BrowserContext } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { choosePorts } from '../../../scripts/lib/ports.mjs'
import { startProcess, untilHealthy } from '../../../scripts/lib/processes.mjs'
import { piece } from '../cast/pieces.ts'
import { printDocument } from '../cast/press/document.ts'
import { useBench } from './bench.ts'
import { sitDown, type Desk } from './office.ts'
import { barriersIn } from './sight.ts'
import { sim } from './simulator.ts'
import type { Stage } from './stage.ts'
import { channel, checkNow, giveReason, setMapping } from './vault-desk.ts'
import { findPlace } from './place.ts'

const bench = useBench()
const contexts: BrowserContext[] = []
const instances: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  for (const stop of instances.splice(0)) await stop()
  const left = published.splice(0)
  for (const id of left) await sim.vault('state', { id, major: 1, to: 'Withdrawn' })
  // Nobody else's list may still offer them: the next cycle is asked for, as the office does.
  await bench.records().rows("update job set cursor_value = 'asked' where name = 'asked-vault-cycle'")
  for (const id of left) await expect.poll(() => inForce(id), { timeout: 30_000 }).toEqual([])
})

async function deskOf(name: string, address: string): Promise<Desk> {
  const context = await bench.newBrowser()
  contexts.push(context)
  return sitDown(await context.newPage(), name, address)
}

const published: number[] = []
const source = new URL('../cast/sources/nutrition.md', import.meta.url)

async function printed(title: string): Promise<string> {
  const told = piece({
    ...{ documentId: 'DOC-9101', version: 1, title, shortTitle: title, kind: 'document', kinds: ['news'] },
    ...{ product: 'EXMAB', approvalNumber: 'DEMO-2026-9101' },
  })
  return (await printDocument(told, readFileSync(source, 'utf8'))).bytes.toString('base64')
}

/** A document with real pages is signed and approved in the played Veeva Vault. */
async function publish(title: string): Promise<{ id: number; base64: string }> {
  const base64 = await printed(title)
  const id = Number((await sim.vault('publish', { base64, fields: { name__v: title, ...flagged } }))['id'])
  published.push(id)
  return { id, base64 }
}
const flagged = { channel__c: [channel], content_class__c: 'Scientific' }

const piecesOf = (id: number) =>
  bench.records().rows('select * from content_item where document_id like ? order by version', [`vault-%-${id}`])
const inForce = async (id: number) => (await piecesOf(id)).filter((row) => row['state'] === 'approved')
const untilState = (id: number, state: string) =>
  expect.poll(async () => (await piecesOf(id)).map((row) => row['state']), { timeout: 30_000 }).toEqual([state])

/** The document has come with a cycle that was asked for. The mapping is set first where no journey did so before. */
async function bringIn(officer: Desk, title: string): Promise<{ id: number; base64: string }> {
  const mapped = await bench.records().rows('select id from vault_connection where mapping like ?', [`%${channel}%`])
  if (mapped.length === 0) await setMapping(await deskOf('沈航', '/vault/mapping'), 30)
  const document = await publish(title)
  await officer.page.reload()
  await officer.button('立即核对').click()
  await giveReason(officer, '立即核对', '新资料已批准')
  await untilState(document.id, 'approved')
  return document
}

async function sendOn(stage: Stage, title: string): Promise<void> {
  await stage.search(title)
  await stage.row(title, '可发送').click()
  await stage.send()
}

describe('a document of Veeva Vault', () => {
  test('is in the sidebar with the next cycle once its mapping is set', async () => {
    const title = '居家输液护理要点'
    const stage = await bench.open('s=normal&hcp=wmDemoMaHe')
    await stage.strip.getByText('已同意').waitFor()
    await stage.search(title)
    const { id } = await publish(title)
    await setMapping(await deskOf('沈航', '/vault/mapping'), 30)
    await untilState(id, 'approved')
    await stage.search('居家输液')
    await stage.row(title, '可发送').waitFor()
  })

  test('rests when its bytes change under the same version, until somebody released what was put right', async () => {
    const title = '造口护理要点'
    const officer = await deskOf('许岚', '/vault')
    const { id, base64 } = await bringIn(officer, title)
    await sim.vault('swap', { id, major: 1, touch: true })
    await checkNow(officer, /待核对多了 1 份/)
    const row = officer.page.locator('.quarantine-row').filter({ hasText: title })
    await row.getByText('同一版本换了文件').waitFor()
    await row.locator('.send-toggle').click()
    await officer.page.getByText('版本号没变，文件却不是批准时的那一份').waitFor()
    expect(await officer.page.locator('.differences code').count()).toBe(2)
    expect(await barriersIn(officer.page)).toEqual([])
    const stage = await bench.open('s=normal&hcp=wmDemoMaHe')
    await stage.search(title)
    await stage.row(title, '待核对').waitFor()

    await sim.vault('swap', { id, major: 1, base64, touch: true })
    await officer.button('核对过，放行重查').click()
    await giveReason(officer, '核对过，放行重查', '原文件已换回')
    await row.waitFor({ state: 'hidden' })
    await stage.search('造口护理')
    await stage.row(title, '可发送').waitFor()
    const [piece] = await piecesOf(id)
    expect(await bench.records().audit(piece?.['id'])).toEqual([
      ...['content.approved', 'content.quarantined', 'content.quarantine_released', 'content.quarantine_released'],
    ])
  })

  test('is sent and read, and is gone everywhere within the cycle after its withdrawal there', async () => {
    const title = '化疗后口腔护理'
    const starting = startInstance()
    const officer = await deskOf('许岚', '/vault')
    const { id } = await bringIn(officer, title)
    const stage = await bench.open('s=normal&hcp=wmDemoMaHe')
    await sendOn(stage, title)
    const send = await bench.onlySend('wmDemoMaHe')
    await stage.openCard()
    await stage.recognise()
    await stage.phone.getByRole('heading', { level: 1, name: title }).waitFor()
    await bench.untilFacts(send['id'], 'A H K O')
    const other = await starting
    expect(await readAt(other.url, stage)).toContain(title)

    await sim.vault('state', { id, major: 1, to: 'Withdrawn' })
    await checkNow(officer, /结束 1 份/)
    const withdrawnAt = Date.now()
    await stage.page.getByRole('button', { name: '返回聊天' }).click()
    await stage.openCard()
    await stage.phone.getByRole('heading', { name: '这份资料已撤回' }).waitFor()
    const there = await readAt(other.url, stage)
    expect(Date.now() - withdrawnAt).toBeLessThan(5_000)
    expect(there).toContain('这份资料已撤回')
    expect(there).not.toContain(title)
    await stage.search('口腔护理')
    await expect.poll(() => stage.row(title, '可发送').count()).toBe(0)
  })
})

describe('a storm of publications', () => {
  test('is stopped, shown to whoever may release it, and goes on with a reason', async () => {
    const admin = await deskOf('沈航', '/vault/mapping')
    await setMapping(admin, 2) // the journeys before brought two
    const title = '一起批准的资料'
    const states = async () => {
      const rows = await bench.records().rows('select state from content_item where title = ?', [title])
      return rows.map(({ state }) => state)
    }
    await sim.vault('storm', { count: 3, base64: await printed(title), fields: { name__v: title, ...flagged } })
    const officer = await deskOf('许岚', '/vault')
    await checkNow(officer, /核对完成/)
    const brake = officer.page.locator('.vault-brake')
    await brake.getByText(/一分钟内有 \d+ 份要发布，上限是 2 份/).waitFor()
    expect(await states()).toEqual([])
    await officer.page.getByRole('link', { name: '看暂停的 3 份' }).click()
    await expect.poll(() => officer.page.locator('.quarantine-row').count()).toBe(3)
    expect(await barriersIn(officer.page)).toEqual([])
    await officer.button('放行 3 份').click()
    await giveReason(officer, '放行 3 份', '和 Vault 负责人数过')
    await officer.page.getByText('已放行 3 份，正在逐份核对').waitFor()
    await expect.poll(states, { timeout: 30_000 }).toEqual(Array(3).fill('approved'))
    await brake.waitFor({ state: 'hidden' })
    for (const { vault_id: id } of await bench
      .records()
      .rows('select vault_id from vault_version where title = ?', [title]))
      published.push(Number(id))
    const audit = await bench.records().audit('vault')
    expect(audit).toEqual(expect.arrayContaining(['vault.mapping_changed', 'vault.braked', 'vault.brake_released']))
  })
})

/** Another instance of the server on the same database. */
async function startInstance() {
  const { program, environment, logs } = findPlace().instance
  const { port } = await choosePorts({ port: 28_181 })
  const env = { ...environment, PORT: String(port) }
  const started = startProcess({ name: 'second-server', args: [program], env, logs })
  instances.push(() => started.stop())
  const url = `http://127.0.0.1:${port}`
  await untilHealthy(started, `${url}/healthz`)
  return { url }
}

/** What that instance answers at the newest link, to the browser of the doctor who was recognised. */
async function readAt(url: string, stage: Stage): Promise<string> {
  const [card] = (await sim.handed(bench.began())).slice(-1)
  const { pathname } = new URL(String(card?.body['link']))
  const kept = await stage.page.context().cookies()
  const reader = kept.find(({ name }) => name.endsWith('.vouch_reader'))
  const answer = await fetch(url + pathname, { headers: { cookie: `__Host-vouch_reader=${reader?.value}` } })
  return answer.text()
}
