import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildAccount, buildContact, buildRep, giveConsent } from '../../../test/builders.ts'
import { askAt, asking } from '../../../test/faults/present.ts'
import { startConnected, type Connected } from '../../../test/vault/vault-world.ts'
import { startSimulatedVault, type SimulatedVault } from '../../../test/vault/simulated-vault.ts'
import { isSealed, statementColumns } from '../../statement.ts'
import { beginVersions } from '../life/begin-versions.ts'

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

const states = async (id: number) =>
  (await at.pieces(id)).map(({ version, state, heldReason }) => [version, state, heldReason])

/** A rep and a doctor who agreed, and what the gate says to a piece. */
async function gate() {
  const { server } = at
  const repId = await buildRep(server, { filedUntil: null })
  const accountId = await buildAccount(server)
  const externalUserId = await buildContact(server, repId, accountId)
  await giveConsent(server, accountId, 'opted_in', new Date(1_000))
  const cookie = await server.signIn(repId)
  return async (contentItemId: string): Promise<string[]> => {
    const { body } = await askAt(server.url, cookie, asking({ externalUserId, contentItemId }))
    const { refusals = [] } = body as { refusals?: { reason: string }[] }
    return refusals.map(({ reason }) => reason)
  }
}

describe('what is approved in the vault', () => {
  test('is fetched, drawn and published with its signatures, and may be sent', async () => {
    const id = await simulated.publish({ fields: { name__v: '澜明瑞 作用机制 单页' } })
    await at.cycle()
    expect(await at.pieces(id)).toEqual([])
    await at.draw()
    await at.cycle()
    const [piece] = await at.pieces(id)
    expect(piece).toMatchObject({
      ...{
        title: '澜明瑞 作用机制 单页',
        cardTitle: '澜明瑞 作用机制 单页',
        state: 'approved',
        source: 'vault',
        version: 1,
      },
      ...{ product: 'PD1', market: 'CN', language: 'zh-CN', class: 'promotional', audience: '', pageCount: 1 },
      ...{ kind: 'document', ways: 'news,file', ownerId: null, approvalNumber: `SFJ-${id}` },
    })
    const sealedRow = await at.server.db
      .selectFrom('contentItem')
      .select(statementColumns)
      .where('id', '=', piece?.id ?? '')
      .executeTakeFirstOrThrow()
    expect(isSealed(sealedRow)).toBe(true)
    const approvals = await at.server.owner.selectFrom('contentApproval').selectAll().orderBy('step').execute()
    expect(
      approvals.map(({ step, personName, provedBy, signedHash }) => [step, personName, provedBy, signedHash]),
    ).toEqual([
      ['legal', '吴勇', 'vault', piece?.signedHash],
      ['medical', '周静', 'vault', piece?.signedHash],
    ])
    const ask = await gate()
    expect(await ask(piece?.id ?? '')).toEqual([])
    expect(await at.server.deps.files.has(`content/${piece?.fileHash}`)).toBe(true)
  })

  test('is found however many pages it takes, with the session ending and the line breaking in between', async () => {
    await at.save({ brakePerMinute: 100 })
    await simulated.say('storm', { count: 25 })
    await simulated.say('switches', { pageSize: 7, pageShrinks: 1 })
    for (const fault of [
      { on: 'page', kind: 'session', skip: 1 },
      { on: 'query', kind: '429' },
      { on: 'page', kind: 'exception', skip: 2 },
      { on: 'audit', kind: 'cut', skip: 3 },
      { on: 'file', kind: 'cut', skip: 5 },
      { on: 'file', kind: 'json', skip: 9 },
    ])
      await simulated.say('faults', fault)
    await at.settle()
    await at.settle()
    expect(await at.status()).toMatchObject({ published: 25, waiting: 0, quarantined: 0, problem: null })
  })

  test('waits for its rendition, which comes minutes later', async () => {
    const id = await simulated.publish({ renditionReady: false })
    await at.settle()
    expect(await at.pieces(id)).toEqual([])
    expect(await at.status()).toMatchObject({ waiting: 1, quarantined: 0 })
    await simulated.say('rendition', { id, major: 1, ready: true })
    await at.settle()
    expect(await states(id)).toEqual([[1, 'approved', null]])
  })

  test('takes the place of the version before, when it is published and not when it is a draft', async () => {
    const id = await simulated.publish()
    await at.settle()
    const tagged = at.server.db.updateTable('contentItem').set({ tags: '一线\n脑转移' })
    await tagged.where('id', '=', (await at.pieces(id))[0]!.id).execute()
    await simulated.say('draft', { id })
    await at.cycle()
    expect(await states(id)).toEqual([[1, 'approved', null]])
    await simulated.publish({ id })
    await at.cycle()
    expect(await states(id)).toEqual([[1, 'approved', 'newer_in_vault']])
    await at.draw()
    await at.cycle()
    expect(await states(id)).toEqual([
      [1, 'superseded', 'newer_in_vault'],
      [2, 'approved', null],
    ])
    const [before, after] = await at.pieces(id)
    expect(before?.supersededBy).toBe(after?.id)
    expect(after?.tags).toBe('一线\n脑转移') // given here and unknown to the vault
  })

  test('with a first day to come leaves the version before in force until then', async () => {
    const id = await simulated.publish()
    await at.settle()
    const later = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
    await simulated.publish({ id, fields: { approved_for_use_date__c: later } })
    await at.settle()
    await at.cycle()
    expect(await states(id)).toEqual([
      [1, 'approved', null],
      [2, 'approved', null],
    ])
    at.server.clock.at = new Date(Date.now() + 6 * 86_400_000)
    await beginVersions(at.server.deps)
    expect((await states(id)).map(([, state]) => state)).toEqual(['superseded', 'approved'])
  })

  test('is left alone without the flag for WeCom, of another type, as a binder', async () => {
    await simulated.publish({ fields: { channel__c: ['Email'] } })
    await simulated.publish({ fields: { type__v: 'Reference' } })
    await simulated.publish({ fields: { binder__v: true } })
    await at.settle()
    expect(await at.status()).toMatchObject({ published: 0, waiting: 0, quarantined: 0 })
  })

  test('that never was published costs no file: one comparison finds nothing to do', async () => {
    await simulated.publish()
    await at.settle()
    await simulated.say('forget-calls')
    await at.cycle()
    expect(await simulated.calls()).toEqual({ query: 2, deletions: 1 })
  })
})

describe('what ends in the vault', () => {
  test('[1.7] 2.0 withdrawn over a 1.0 that never left its state: nothing is sendable within one cycle', async () => {
    const id = await simulated.publish()
    await at.settle()
    await simulated.publish({ id, supersedes: false })
    await at.settle()
    const [, second] = await at.pieces(id)
    const ask = await gate()
    expect(await ask(second?.id ?? '')).toEqual([])
    await simulated.say('state', { id, major: 2, to: 'Withdrawn' })
    await at.cycle()
    expect(await states(id)).toEqual([
      [1, 'superseded', 'newer_in_vault'],
      [2, 'withdrawn', null],
    ])
    expect(await ask(second?.id ?? '')).toContain('content_withdrawn')
    expect((await at.pieces(id))[1]).toMatchObject({ withdrawnReason: 'Veeva Vault: Withdrawn' })
    const [entry] = await at.audit('content.withdrawn')
    expect(entry).toMatchObject({ actorKind: 'system', subjectId: second?.id })
  })

  test('reps are told, once, however often the cycle sees it', async () => {
    const repId = await buildRep(at.server)
    const id = await simulated.publish()
    await at.settle()
    await simulated.say('state', { id, major: 1, to: 'Withdrawn' })
    await at.cycle()
    await at.cycle()
    const notices = await at.server.owner.selectFrom('outbox').selectAll().where('toPerson', '=', repId).execute()
    expect(notices.map(({ kind }) => kind)).toEqual(['withdrawn'])
    expect(await at.audit('content.withdrawn')).toHaveLength(1)
  })

  test.each([
    { says: 'expired by its date', edit: { expiration_date__c: '2026-01-01' }, state: 'expired' },
    { says: 'withdrawn by its date', edit: { withdrawal_effective_date__c: '2026-01-01' }, state: 'withdrawn' },
  ])('$says although the vault still calls it approved', async ({ edit, state }) => {
    const id = await simulated.publish()
    await at.settle()
    await simulated.say('edit', { id, major: 1, fields: edit })
    await at.cycle()
    expect((await states(id))[0]?.[1]).toBe(state)
  })

  test('a deleted document ends for good', async () => {
    const id = await simulated.publish()
    await at.settle()
    await simulated.say('remove', { id })
    await at.cycle()
    expect(await states(id)).toEqual([[1, 'withdrawn', null]])
  })

  test('a document out of our sight rests, and comes back when it is seen again', async () => {
    const id = await simulated.publish()
    await at.settle()
    await simulated.say('see', { id, visible: false })
    await at.server.owner.updateTable('vaultConnection').set({ fullAt: null }).execute()
    await at.cycle()
    expect(await states(id)).toEqual([[1, 'approved', 'not_in_vault']])
    const [piece] = await at.pieces(id)
    const ask = await gate()
    expect(await ask(piece?.id ?? '')).toEqual(['content_held'])
    await simulated.say('see', { id, visible: true })
    await at.server.owner.updateTable('vaultConnection').set({ fullAt: null }).execute()
    await at.cycle()
    expect(await ask(piece?.id ?? '')).toEqual([])
    const [lifted, ...more] = await at.audit('content.quarantine_released')
    expect(lifted).toMatchObject({ actorKind: 'system', subjectId: piece?.id, reason: 'confirmed by the vault' })
    expect(more).toEqual([])
  })

  test('what ended here comes back as a new version only', async () => {
    const id = await simulated.publish()
    await at.settle()
    await simulated.say('state', { id, major: 1, to: 'Withdrawn' })
    await at.cycle()
    await simulated.say('state', { id, major: 1, to: 'Approved for Distribution' })
    await at.settle()
    expect(await states(id)).toEqual([[1, 'withdrawn', null]])
    expect(await at.quarantine()).toEqual([`${id} 1.0 ended_before`])
    await simulated.publish({ id })
    await at.settle()
    expect((await states(id)).at(-1)).toEqual([2, 'approved', null])
  })
})

describe('what is not believed', () => {
  const signer = (userName: string, meaning = 'Medical approval') => ({ userName, fullName: userName, meaning })

  test.each([
    { says: '[A45] signed by nobody', given: { signers: [] }, reason: 'approvers_missing' },
    { says: '[A45] signed by one', given: { signers: [signer('a')] }, reason: 'one_approver_only' },
    {
      says: '[A45] signed twice by the same',
      given: { signers: [signer('a'), signer('A', 'Legal approval')] },
      reason: 'same_approver_twice',
    },
    {
      says: 'seen, but not approved, by two',
      given: { signers: [signer('a', 'Seen'), signer('b', 'Seen')] },
      reason: 'approvers_missing',
    },
    {
      says: '[A45] expired when it came',
      given: { fields: { expiration_date__c: '2026-01-01' } },
      reason: 'approval_expired',
    },
    { says: 'without an end', given: { fields: { expiration_date__c: null } }, reason: 'expiry_missing' },
    { says: 'of a product nobody mapped', given: { fields: { product__v: ['00P9'] } }, reason: 'not_mapped' },
    { says: 'for an audience nobody mapped', given: { fields: { audience__c: 'Patient' } }, reason: 'not_mapped' },
    {
      says: 'with a turned direction in its name',
      given: { fields: { name__v: '说明\u202Efdp' } },
      reason: 'card_not_fit',
    },
    {
      says: 'whose bytes are a page for browsers',
      given: { base64: Buffer.from('<html>').toString('base64') },
      reason: 'file_not_usable',
    },
  ])('$says: $reason', async ({ given, reason }) => {
    const id = await simulated.publish(given)
    await at.settle()
    expect(await at.quarantine()).toEqual([`${id} 1.0 ${reason}`])
    expect(await at.pieces(id)).toEqual([])
    const [entry] = await at.audit('content.quarantined')
    expect(entry).toMatchObject({ reason, subjectId: `vault ${id} 1.0` })
    await at.cycle()
    expect(await at.audit('content.quarantined')).toHaveLength(1)
  })

  test('[A45] a version older than what was published', async () => {
    const id = await simulated.publish()
    await at.settle()
    await simulated.publish({ id })
    await at.settle()
    await simulated.say('state', { id, major: 1, to: 'Approved for Distribution' })
    await simulated.say('remove', { id, major: 2, minor: 0 })
    await at.settle()
    expect(await at.status()).toMatchObject({ quarantined: 1 })
    expect(await at.quarantine()).toEqual([`${id} 1.0 lower_version`])
    expect((await states(id)).at(-1)).toEqual([2, 'approved', 'not_in_vault'])
  })

  test('[F30] other bytes under the same version are put aside, also when nothing says they changed', async () => {
    const [told, untold] = [await simulated.publish(), await simulated.publish()]
    await at.settle()
    const [piece] = await at.pieces(told)
    await simulated.say('swap', { id: told, major: 1, touch: true })
    await simulated.say('swap', { id: untold, major: 1 })
    await at.cycle()
    expect(await at.quarantine()).toEqual([`${told} 1.0 bytes_changed`])
    const { reaskVault } = await import('./reask-vault.ts')
    await at.server.owner
      .insertInto('job')
      .values({ name: 'reask-vault', ownedUntil: new Date(0), runAt: new Date(0) } as never)
      .execute()
    await reaskVault(at.server.deps)
    expect((await at.quarantine()).toSorted()).toEqual([`${told} 1.0 bytes_changed`, `${untold} 1.0 bytes_changed`])
    const ask = await gate()
    expect(await ask(piece?.id ?? '')).toEqual(['content_held'])
    expect((await at.pieces(told))[0]?.fileHash).toBe(piece?.fileHash)
  })

  test.each([
    { says: 'when the vault says that it changed', touch: true },
    { says: 'within the hour when it does not', touch: false },
  ])('what was missing is looked for again $says', async ({ touch }) => {
    const id = await simulated.publish({ fields: { product__v: ['00P9'] } })
    await at.settle()
    await simulated.say('edit', { id, major: 1, fields: { product__v: ['00P000000000Z01'] }, touch })
    if (!touch) {
      await at.cycle()
      expect(await at.quarantine()).toHaveLength(1)
      await at.server.owner
        .updateTable('vaultVersion')
        .set({ provedAt: new Date(Date.now() - 61 * 60_000) })
        .execute()
    }
    await at.settle()
    expect(await at.quarantine()).toEqual([])
    expect(await states(id)).toEqual([[1, 'approved', null]])
  })
})
