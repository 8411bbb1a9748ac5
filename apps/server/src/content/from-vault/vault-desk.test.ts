import { vaultEndpoints, type AskedInput } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildRep } from '../../../test/builders.ts'
import { call } from '../../../test/test-server.ts'
import { startSimulatedVault, type SimulatedVault } from '../../../test/vault/simulated-vault.ts'
import { startConnected, type Connected } from '../../../test/vault/vault-world.ts'
import { loadContent } from '../life/load-content.ts'
import { runAskedCycle } from './run-asked-cycle.ts'

let simulated: SimulatedVault
let at: Connected

beforeAll(async () => {
  simulated = await startSimulatedVault()
  at = await startConnected(simulated)
})
beforeEach(() => at.anew())
afterAll(async () => {
  await at.server.stop()
  simulated.stop()
})

const rows = async (filter: AskedInput<typeof vaultEndpoints.listQuarantine> = {}) =>
  (await call(at.server, at.cookies.officer, vaultEndpoints.listQuarantine, filter)).body.rows
const trail = async (cursor: string | null = null) =>
  (await call(at.server, at.cookies.officer, vaultEndpoints.listVaultTrail, { cursor })).body
const sha = expect.stringMatching(/^[0-9a-f]{64}$/)

describe('what was put aside', () => {
  test('shows the bytes that were approved beside those that came', async () => {
    const id = await simulated.publish({ fields: { name__v: '换过文件的资料' } })
    await at.settle()
    await simulated.say('swap', { id, major: 1, touch: true })
    await at.cycle()
    const [row] = await rows()
    expect(row).toMatchObject({ vaultId: id, title: '换过文件的资料', needsPerson: true, released: false })
    expect(row.differences).toEqual([{ what: 'fileHash', expected: sha, found: sha }])
    expect(row.differences[0].expected).not.toBe(row.differences[0].found)
  })

  test('shows which words were approved and which stand in the vault now', async () => {
    const id = await simulated.publish({ fields: { name__v: '旧标题', expiration_date__c: '2031-05-31' } })
    await at.settle()
    await simulated.say('edit', { id, major: 1, fields: { name__v: '新标题', expiration_date__c: '2032-05-31' } })
    await at.cycle()
    expect((await rows())[0].differences).toEqual([
      { what: 'title', expected: '旧标题', found: '新标题' },
      { what: 'cardTitle', expected: '旧标题', found: '新标题' },
      { what: 'expiresAt', expected: '2031-05-30T16:00:00.000Z', found: '2032-05-30T16:00:00.000Z' },
    ])
    await simulated.say('edit', { id, major: 1, fields: { name__v: '旧标题' } })
    await at.cycle()
    expect((await rows())[0].differences.map(({ what }: { what: string }) => what)).toEqual(['expiresAt'])
    expect(await at.audit('content.quarantined')).toHaveLength(1)
  })

  test('names who signed when signatures are missing, and has a title before anything is published', async () => {
    const one = [{ userName: 'a@x.example', fullName: '周静', meaning: 'Medical approval' }]
    await simulated.publish({ signers: one, fields: { name__v: '少一个签名' } })
    await at.settle()
    const [row] = await rows()
    expect(row).toMatchObject({ reason: 'one_approver_only', title: '少一个签名', contentItemId: null })
    expect(row.differences).toEqual([
      { what: 'approvers', expected: '2', found: '1' },
      { what: 'signature', expected: 'Medical approval', found: expect.stringMatching(/^周静 20/) },
    ])
  })

  test.each([
    { says: 'no day of expiry', fields: { expiration_date__c: null }, what: 'expiryField' },
    { says: 'a day that has passed', fields: { expiration_date__c: '2020-01-31' }, what: 'expiresAfter' },
    { says: 'a product we do not know', fields: { product__v: ['00P000000000Z77'] }, what: 'mapping' },
    { says: 'words that hide signs', fields: { name__v: '隐藏\u200b字符' }, what: 'card:title_hidden_signs' },
  ])('says what is wrong with $says', async ({ fields, what }) => {
    await simulated.publish({ fields })
    await at.settle()
    expect((await rows())[0].differences[0]).toMatchObject({ what })
  })

  test('is found by who must act, by its reason and by its number in the vault', async () => {
    const swapped = await simulated.publish()
    const unsigned = await simulated.publish({ signers: [] })
    await at.settle()
    await simulated.say('swap', { id: swapped, major: 1, touch: true })
    await at.cycle()
    const changed = `${swapped} 1.0 bytes_changed`
    const missing = `${unsigned} 1.0 approvers_missing`
    expect(await at.quarantine({ show: 'person' })).toEqual([changed])
    expect(await at.quarantine({ show: 'vault' })).toEqual([missing])
    expect(await at.quarantine({ reason: 'approvers_missing' })).toEqual([missing])
    expect(await at.quarantine({ vaultId: swapped })).toEqual([changed])
    expect(await at.quarantine({ show: 'released' })).toEqual([])
    await at.release(swapped, 1)
    expect(await at.quarantine({ show: 'released' })).toEqual([changed])
    expect(await rows({ vaultId: swapped })).toMatchObject([{ released: true, releasedReason: 'looked into it' }])
  })

  test('ten releases at once are one, on record once', async () => {
    const id = await simulated.publish({ signers: [] })
    await at.settle()
    const answers = await Promise.all(Array.from({ length: 10 }, () => at.release(id, 1)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(await at.audit('content.quarantine_released')).toHaveLength(1)
  })

  test('of a storm is listed when it is asked for', async () => {
    await simulated.say('storm', { count: 31, fields: { name__v: '一起来的' } })
    await at.cycle()
    expect(await rows()).toEqual([])
    const braked = await rows({ show: 'braked' })
    expect(braked).toHaveLength(31)
    expect(braked[0]).toMatchObject({ reason: 'braked', title: '一起来的' })
  })
})

describe('the connection', () => {
  test('says when it was asked, what is left to ask, and what became of its documents', async () => {
    const id = await simulated.publish()
    await simulated.publish({ signers: [] })
    await at.settle()
    await simulated.say('state', { id, major: 1, to: 'Withdrawn' })
    await at.cycle()
    const { owner, clock } = at.server
    await owner
      .insertInto('job')
      .values({
        name: 'sync-vault',
        owner: 'x',
        ownedUntil: new Date(clock.at.getTime() + 9_000),
        runAt: clock.at,
        lastDoneAt: null,
        problem: null,
      })
      .execute()
    expect(await at.status()).toMatchObject({
      ...{ host: new URL(simulated.url).host, vaultId: 5102, missing: [] },
      ...{
        documents: 2,
        published: 0,
        ended: 1,
        quarantined: 1,
        held: 0,
        running: true,
        asked: true,
        comparing: false,
      },
      ...{ allowance: { most: 2_000, restsUntil: null }, cursorAt: expect.any(String), nextAt: clock.at.toISOString() },
    })
    await owner.updateTable('job').set({ owner: null }).where('name', '=', 'sync-vault').execute()
    await runAskedCycle(at.server.deps)
    expect(await at.status()).toMatchObject({ asked: false, running: false })
  })

  test('says until when the vault wants to be left alone', async () => {
    await simulated.say('faults', { on: 'any', kind: '503', times: 20 })
    await simulated.say('switches', { retryAfterSeconds: 120 })
    await at.cycle()
    const { allowance } = await at.status()
    expect(new Date(allowance.restsUntil).getTime()).toBeGreaterThan(Date.now() + 60_000)
  })

  test('keeps who did what and why, and of a mapping what was changed', async () => {
    await at.save({ approvers: 1, channelValues: ['WeCom', 'Email'], reason: 'one is enough' })
    await call(at.server, at.cookies.officer, vaultEndpoints.syncVault, { reason: 'by hand' })
    const { name } = await at.server.owner
      .selectFrom('person')
      .select('name')
      .where('id', '=', at.adminId)
      .executeTakeFirstOrThrow()
    const { rows: entries, next } = await trail()
    expect(entries.map(({ event, reason }: { event: string; reason: string }) => [event, reason])).toEqual([
      ['vault.sync_asked', 'by hand'],
      ['vault.mapping_changed', 'one is enough'],
      ['vault.mapping_changed', 'first connection'],
    ])
    expect(entries[1]).toMatchObject({
      actor: name,
      changes: [
        { what: 'channelValues', expected: 'WeCom', found: 'WeCom\nEmail' },
        { what: 'approvers', expected: '2', found: '1' },
      ],
    })
    expect(entries[2].changes).toEqual([])
    expect(next).toBeNull()
  })

  test('its trail is read page by page', async () => {
    for (let nth = 0; nth < 25; nth += 1)
      await call(at.server, at.cookies.officer, vaultEndpoints.syncVault, { reason: `by hand ${nth}` })
    const first = await trail()
    const rest = await trail(first.next)
    expect([first.rows.length, rest.rows.length, rest.next]).toEqual([20, 6, null])
    expect(new Set([...first.rows, ...rest.rows].map(({ id }: { id: string }) => id)).size).toBe(26)
  })
})

describe('a mapping', () => {
  test('that somebody saved in between is not overwritten; ten at once save one', async () => {
    const { revision } = await at.status()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => at.save({ revision, approvers: (nth % 5) + 1 })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(409)])
    expect((await at.save({ revision })).body.error).toBe('stale_revision')
    expect(await at.status()).toMatchObject({ revision: revision + 1 })
    expect(await at.audit('vault.mapping_changed')).toHaveLength(2)
  })

  test('is tried on what changed last, keeps nothing, and tells which values stand in the vault', async () => {
    const good = await simulated.publish({ fields: { name__v: '好的' } })
    await simulated.publish({ fields: { product__v: ['00P000000000Z77'] } })
    await simulated.publish({ signers: [{ userName: 'a@x.example', fullName: '周静', meaning: 'QC' }] })
    await simulated.publish({ fields: { channel__c: ['Email'] } })
    const withdrawn = await simulated.publish()
    await simulated.say('state', { id: withdrawn, major: 1, to: 'Withdrawn' })
    const { body } = await at.trial()
    expect(body).toMatchObject({ outcome: 'done', looked: 5 })
    const verdicts = body.rows.map(({ verdict, reason, about }: Record<string, string>) => [verdict, reason, about])
    expect(verdicts.toSorted()).toEqual([
      ['not_taken', 'state_not_sendable', ''],
      ['publish', '', ''],
      ['quarantine', 'approvers_missing', ''],
      ['quarantine', 'not_mapped', 'product__v 00P000000000Z77'],
    ])
    expect(body.rows.find(({ vaultId }: { vaultId: number }) => vaultId === good)).toMatchObject({
      ...{ version: '1.0', title: '好的', stateLabel: 'Approved for Distribution', signaturesSeen: true },
    })
    const values = Object.fromEntries(
      body.values.map(({ setting, values: found }: { setting: string; values: string[] }) => [setting, found]),
    )
    expect(values).toMatchObject({ products: expect.arrayContaining(['00P000000000Z77', '00P000000000Z01']) })
    expect(values.channelValues.toSorted()).toEqual(['Email', 'WeCom'])
    expect(values.signatureMeanings.toSorted()).toEqual(['Legal approval', 'Medical approval', 'QC'])
    expect(await at.server.owner.selectFrom('vaultVersion').selectAll().execute()).toEqual([])
  })

  test('is tried by a system administrator only, and its faults are told at once', async () => {
    expect((await at.trial({}, at.cookies.officer)).status).toBe(403)
    expect((await at.trial({ channelField: 'flag__c', products: ['a=NONE'] })).body).toEqual({
      outcome: 'refused',
      faults: [
        { field: 'channelField', problem: 'not_in_vault' },
        { field: 'products', problem: 'unknown_value' },
      ],
    })
    await simulated.say('end-sessions')
    await simulated.say('faults', { on: 'auth', kind: 'locked' })
    at.connect()
    await at.server.owner.updateTable('vaultConnection').set({ sessionSealed: null }).execute()
    expect((await at.trial()).body.faults).toEqual([{ field: 'vault', problem: 'sign_in_stopped USER_LOCKED_OUT' }])
  })

  test('is written from the fields the vault has', async () => {
    const ask = (cookie: string) => call(at.server, cookie, vaultEndpoints.vaultFields, {})
    expect((await ask(at.cookies.officer)).status).toBe(403)
    const { body } = await ask(at.cookies.admin)
    expect(body).toMatchObject({ outcome: 'done', vaultId: 5102, fields: expect.arrayContaining(['channel__c']) })
  })
})

describe('a piece from the vault', () => {
  const origin = async (contentItemId: string) => {
    const roles: readonly string[] = ['auditor']
    const me = { personId: await buildRep(at.server, { roles: ['auditor'] }), roles } as Parameters<
      typeof loadContent
    >[1]
    return (await loadContent(at.server.deps, me, contentItemId)).origin
  }

  test('says where it comes from, when it was last proved, and that a newer one is there', async () => {
    const id = await simulated.publish()
    await at.settle()
    const [piece] = await at.pieces(id)
    const proved = { vaultId: id, version: '1.0', provedAt: expect.any(Date), differences: [] }
    expect(await origin(piece?.id ?? '')).toEqual({ ...proved, newer: null })
    await simulated.publish({ id, signers: [] })
    await at.settle()
    expect(await origin(piece?.id ?? '')).toMatchObject({ newer: { version: '2.0', reason: 'approvers_missing' } })
  })

  test('whose words changed and were released keeps its number, not its version', async () => {
    const id = await simulated.publish()
    await at.settle()
    await simulated.say('edit', { id, major: 1, fields: { name__v: '新标题' } })
    await at.cycle()
    await at.release(id, 1)
    await at.settle()
    const [before, after] = await at.pieces(id)
    expect(await origin(before?.id ?? '')).toMatchObject({ vaultId: id, version: '', provedAt: null })
    expect(await origin(after?.id ?? '')).toMatchObject({ vaultId: id, version: '1.0' })
  })
})
