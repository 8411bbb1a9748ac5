import { vaultEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildRep } from '../../../test/builders.ts'
import { call } from '../../../test/test-server.ts'
import { startSimulatedVault, type SimulatedVault } from '../../../test/vault/simulated-vault.ts'
import { startConnected, usualMapping, type Connected } from '../../../test/vault/vault-world.ts'
import { reaskVault } from './reask-vault.ts'
import { runAskedCycle } from './run-asked-cycle.ts'
import { syncVault } from './sync-vault.ts'

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

const held = async (id: number) =>
  (await at.pieces(id)).map(({ version, state, heldReason }) => [version, state, heldReason])
const unbrake = (cookie = at.cookies.officer) =>
  call(at.server, cookie, vaultEndpoints.releaseBrake, { reason: 'counted with the vault team' })

describe('[A46] the brake', () => {
  test('a thousand publications in a minute publish nothing until a person looks', async () => {
    await simulated.say('storm', { count: 1_000 })
    await at.settle()
    const status = await at.status()
    expect(status).toMatchObject({ published: 0, brake: { waiting: 1_000, reason: '1000 in a minute, 30 allowed' } })
    expect(await simulated.calls()).not.toHaveProperty('file')
    const [braked, ...more] = await at.audit('vault.braked')
    expect(braked).toMatchObject({ reason: '1000 in a minute, 30 allowed' })
    expect(more).toEqual([])
    const notices = await at.server.owner.selectFrom('outbox').selectAll().where('kind', '=', 'braked').execute()
    expect(notices.map(({ toPerson }) => toPerson)).toEqual([at.officerId])
  })

  test('ends in the vault are taken over all the same', async () => {
    const id = await simulated.publish()
    await at.settle()
    await simulated.say('storm', { count: 40 })
    await simulated.say('state', { id, major: 1, to: 'Withdrawn' })
    await at.cycle()
    expect((await at.status()).brake).not.toBeNull()
    expect(await held(id)).toEqual([[1, 'withdrawn', null]])
  })

  test('what comes while it holds waits too; a person lets all go on, with a reason', async () => {
    await simulated.say('storm', { count: 31 })
    await at.cycle()
    const late = await simulated.publish()
    await at.settle()
    expect(await at.pieces(late)).toEqual([])
    expect((await unbrake(at.cookies.admin)).status).toBe(403)
    expect((await unbrake()).body).toEqual({ outcome: 'done', released: 32 })
    await at.settle()
    expect(await at.status()).toMatchObject({ published: 32, brake: null })
    const [released] = await at.audit('vault.brake_released')
    expect(released).toMatchObject({ actorId: at.officerId, reason: 'counted with the vault team' })
    expect((await unbrake()).body).toEqual({ outcome: 'done', released: 0 })
  })

  test('a storm that goes on after the release brakes again', async () => {
    await simulated.say('storm', { count: 31 })
    await at.cycle()
    await unbrake()
    await simulated.say('storm', { count: 31 })
    await at.settle()
    expect(await at.status()).toMatchObject({ published: 31, brake: { waiting: 31 } })
  })
})

describe('quarantine', () => {
  test('other bytes stay aside after a release until the vault gives the approved ones again', async () => {
    const id = await simulated.publish({ base64: Buffer.from('%PDF-1.4 the approved bytes').toString('base64') })
    await at.settle()
    await simulated.say('swap', { id, major: 1, touch: true })
    await at.cycle()
    expect(await at.quarantine()).toEqual([`${id} 1.0 bytes_changed`])
    await at.release(id, 1)
    await at.cycle()
    expect(await held(id)).toEqual([[1, 'approved', 'bytes_changed']])
    await simulated.say('swap', { id, major: 1, base64: Buffer.from('%PDF-1.4 the approved bytes').toString('base64') })
    await at.cycle()
    expect(await held(id)).toEqual([[1, 'approved', 'bytes_changed']])
    expect((await at.release(id, 1)).body).toEqual({ outcome: 'done' })
    await at.cycle()
    expect(await held(id)).toEqual([[1, 'approved', null]])
    const released = (await at.audit('content.quarantine_released')).filter(({ actorKind }) => actorKind === 'admin')
    expect(released.map(({ actorId, reason }) => [actorId, reason])).toEqual(
      [0, 1].map(() => [at.officerId, 'looked into it']),
    )
  })

  test('other words of the same version rest, and become a new piece when a person has seen them', async () => {
    const id = await simulated.publish({ fields: { name__v: '旧标题' } })
    await at.settle()
    await simulated.say('edit', { id, major: 1, fields: { name__v: '新标题' } })
    await at.cycle()
    expect(await held(id)).toEqual([[1, 'approved', 'fields_changed']])
    expect((await at.pieces(id))[0]?.title).toBe('旧标题')
    await at.release(id, 1)
    await at.settle()
    const [before, after] = await at.pieces(id)
    expect([before?.state, before?.title, after?.state, after?.title, after?.version]).toEqual([
      ...['superseded', '旧标题', 'approved', '新标题', 2],
    ])
    expect(await at.quarantine()).toEqual([])
  })

  test('is released by a compliance officer only, and only what is in it', async () => {
    const id = await simulated.publish({ signers: [] })
    await at.settle()
    expect((await at.release(id, 1, at.cookies.admin)).status).toBe(403)
    expect((await at.release(id, 2)).status).toBe(404)
    await at.release(id, 1)
    await at.settle()
    expect(await at.quarantine()).toEqual([`${id} 1.0 approvers_missing`])
    expect(await at.pieces(id)).toEqual([])
  })

  test('is read page by page', async () => {
    await at.save({ brakePerMinute: 500 })
    await simulated.say('storm', { count: 60, signers: [] })
    await at.cycle()
    const first = await call(at.server, at.cookies.officer, vaultEndpoints.listQuarantine, {})
    const rest = await call(at.server, at.cookies.officer, vaultEndpoints.listQuarantine, { cursor: first.body.next })
    const ids = [...first.body.rows, ...rest.body.rows].map(({ vaultId }: { vaultId: number }) => vaultId)
    expect([first.body.rows.length, rest.body.rows.length, new Set(ids).size]).toEqual([50, 10, 60])
    expect(rest.body.next).toBeNull()
  })
})

describe('a cycle ahead of its time', () => {
  test('begins when a person asks, and when the pages of what waits are drawn', async () => {
    const id = await simulated.publish()
    await runAskedCycle(at.server.deps) // the mapping was set
    await simulated.say('forget-calls')
    await runAskedCycle(at.server.deps)
    expect(await simulated.calls()).toEqual({})
    await at.draw()
    at.server.clock.at = new Date()
    await runAskedCycle(at.server.deps)
    expect(await held(id)).toEqual([[1, 'approved', null]])
  })
})

describe('the mapping', () => {
  test('is set by a system administrator with a reason, and everything wrong is told at once', async () => {
    expect((await at.save({}, at.cookies.officer)).status).toBe(403)
    expect((await at.save({ reason: '' })).status).toBe(400)
    const { body } = await at.save({
      ...{
        channelField: 'flag_for_wecom__c',
        products: ['00P=NONE'],
        classes: ['A=advert'],
        blockedStates: usualMapping.sendableStates,
      },
      signatureMeanings: ['Approved=anything'],
    })
    expect(body.faults).toEqual([
      { field: 'channelField', problem: 'not_in_vault' },
      { field: 'products', problem: 'unknown_value' },
      { field: 'classes', problem: 'unknown_value' },
      { field: 'signatureMeanings', problem: 'unknown_value' },
      { field: 'blockedStates', problem: 'also_sendable' },
    ])
    expect((await at.save({ approvers: 1, reason: 'one is enough for this type' })).body).toEqual({ outcome: 'done' })
    const changes = await at.audit('vault.mapping_changed')
    expect(changes.map(({ actorId, reason }) => [actorId, reason])).toEqual([
      [at.adminId, 'first connection'],
      [at.adminId, 'one is enough for this type'],
    ])
    expect(JSON.stringify(changes[1]?.detail)).toContain('approvers')
  })

  test('takes no text that could become part of a query', async () => {
    expect((await at.save({ channelField: "channel__c' OR 'a'='a" })).status).toBe(400)
  })

  test('holds for what comes after: what is published stays, and is pinned anew', async () => {
    const id = await simulated.publish()
    await at.settle()
    await at.save({ titleField: 'description__v', approvalNumberField: 'document_number__v' })
    await at.cycle()
    expect(await held(id)).toEqual([[1, 'approved', null]])
    await simulated.say('edit', { id, major: 1, fields: { document_number__v: 'CN-OTHER' } })
    await at.cycle()
    expect(await held(id)).toEqual([[1, 'approved', 'fields_changed']])
  })

  test('is not set without a vault', async () => {
    Object.assign(at.server.deps, { vault: null })
    expect((await at.save({})).body.faults).toEqual([{ field: 'vault', problem: 'not_connected' }])
    expect(await at.status()).toMatchObject({ connected: false })
  })
})

describe('a vault that cannot be asked', () => {
  test('[F29] what is approved stays sendable while it is down, and nothing new comes', async () => {
    const id = await simulated.publish()
    await at.settle()
    await simulated.publish()
    await simulated.say('faults', { on: 'any', kind: '503', times: 20 })
    await simulated.say('switches', { retryAfterSeconds: 120 })
    await at.cycle()
    expect(await at.status()).toMatchObject({ published: 1, problem: 'rate_limited HTTP_503' })
    expect(await held(id)).toEqual([[1, 'approved', null]])
  })

  test('a refused sign-in is tried once, and again when a person asks for it', async () => {
    await simulated.say('end-sessions')
    await simulated.say('faults', { on: 'auth', kind: 'locked' })
    await simulated.say('forget-calls')
    await expect(at.cycle()).rejects.toThrow('sign_in_stopped')
    await at.cycle()
    await at.cycle()
    expect(await simulated.calls()).toMatchObject({ auth: 1 })
    expect(await at.status()).toMatchObject({ problem: 'sign_in_stopped USER_LOCKED_OUT' })
    const asked = { reason: 'unlocked by the vault team' }
    expect((await call(at.server, at.cookies.admin, vaultEndpoints.syncVault, asked)).body).toEqual({ outcome: 'done' })
    await at.cycle()
    expect(await at.status()).toMatchObject({ problem: null })
    expect(await at.audit('vault.sync_asked')).toHaveLength(1)
  })

  test('a session of another vault is never used', async () => {
    const id = await simulated.publish()
    await at.settle()
    await simulated.say('end-sessions')
    await simulated.say('switches', { otherVault: true })
    await expect(at.cycle()).rejects.toThrow('other_vault')
    expect(await held(id)).toEqual([[1, 'approved', null]])
  })

  test('is asked again before the proof of the gate grows old; without an answer the gate says so', async () => {
    const id = await simulated.publish()
    await at.settle()
    const { owner, deps, clock } = at.server
    await owner.updateTable('policy').set({ vaultProofMinutes: 10 }).execute()
    clock.at = new Date(clock.at.getTime() + 6 * 60_000)
    await reaskVault(deps)
    const proof = async () =>
      (await owner.selectFrom('vaultVersion').select('provedAt').executeTakeFirstOrThrow()).provedAt
    expect(await proof()).toEqual(clock.at)
    await simulated.say('state', { id, major: 1, to: 'Withdrawn' })
    clock.at = new Date(clock.at.getTime() + 6 * 60_000)
    await reaskVault(deps)
    expect(await held(id)).toEqual([[1, 'withdrawn', null]])
  })

  test('an instance that starts takes the session of the others over, sealed in the database', async () => {
    at.connect()
    await at.cycle()
    const row = await at.server.owner.selectFrom('vaultConnection').select('sessionSealed').executeTakeFirstOrThrow()
    expect(at.server.deps.secrets.unseal(row.sessionSealed ?? '')).toContain(' 5102 ')
    await simulated.say('forget-calls')
    at.connect()
    await at.cycle()
    expect(await simulated.calls()).not.toHaveProperty('auth')
  })

  test('only the first of two instances works at a time, and nothing comes twice', async () => {
    const ids = [await simulated.publish(), await simulated.publish()]
    await at.cycle()
    await at.draw()
    await Promise.all([syncVault(at.server.deps), syncVault(at.server.deps)])
    for (const id of ids) expect(await held(id)).toEqual([[1, 'approved', null]])
  })
})

test('what a company watches stands in its metrics', async () => {
  await simulated.publish({ signers: [] })
  await simulated.say('storm', { count: 31 })
  await at.cycle()
  const text = await (await fetch(`${at.server.url}/metrics`)).text()
  expect(text).toMatch(/^vouch_vault_braked 1$/m)
  expect(text).toMatch(/^vouch_vault_cycle_age_seconds 0/m)
})

test('the office sees how it stands; reps of no office do not', async () => {
  const auditor = await buildRep(at.server, { roles: ['auditor'] })
  const cookie = await at.server.signIn(auditor, 'console')
  const { body } = await call(at.server, cookie, vaultEndpoints.vaultStatus, {})
  expect(body).toMatchObject({ connected: true, may: [], mapping: { channelField: 'channel__c' } })
  const rep = await at.server.signIn(await buildRep(at.server), 'console')
  expect((await call(at.server, rep, vaultEndpoints.vaultStatus, {})).status).toBe(403)
})
