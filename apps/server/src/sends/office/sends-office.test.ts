import { randomUUID } from 'node:crypto'
import { repEndpoints, sendEndpoints, type AskedInput } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildContact, buildPiece, buildRep, giveConsent } from '../../../test/builders.ts'
import { buildColleague, type Colleague } from '../../../test/office.ts'
import { call, startTestServer, type TestServer } from '../../../test/test-server.ts'

type Filter = AskedInput<typeof sendEndpoints.listSends>

let server: TestServer
let officer: Colleague
let east: Awaited<ReturnType<typeof buildSide>>
let west: Awaited<ReturnType<typeof buildSide>>
let sent: string[]

/** A rep of a territory with a doctor at a hospital of theirs. */
async function buildSide(territory: string, name: string, nameSearch: string) {
  const repId = await buildRep(server, { name: `代表${territory}` })
  await server.owner.updateTable('repTerritory').set({ territory }).where('repId', '=', repId).execute()
  const hospitalId = `hospital-${territory}`
  await server.owner
    .insertInto('hospital')
    .values({ id: hospitalId, name: `${territory}医院（示例）`, shortName: territory })
    .execute()
  const accountId = await buildAccount(server, { name, nameSearch, territory, hospitalId })
  const externalUserId = await buildContact(server, repId, accountId)
  return { repId, hospitalId, accountId, externalUserId, cookie: await server.signIn(repId), territory }
}

async function send(
  side: typeof east,
  contentItemId: string,
): Promise<{ sendId: string; ticket: string; digest: string }> {
  const { body } = await call(server, side.cookie, repEndpoints.authoriseSend, {
    ...{ requestId: randomUUID(), externalUserId: side.externalUserId, contentItemId },
    ...{ kind: 'news', entry: 'single_chat_tools', again: true },
  })
  return body
}

const list = async (filter: Filter, who: Colleague = officer) =>
  (await call(server, who.cookie, sendEndpoints.listSends, filter)).body
const idsOf = async (filter: Filter, who?: Colleague): Promise<string[]> =>
  (await list(filter, who)).sends.map((one: { sendId: string }) => one.sendId)

let pieces: [string, string]
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server, { sendsPerMonth: 50 })
  await server.owner.insertInto('product').values({ code: 'PD2', name: '示例片', nameEn: 'Tablet' }).execute()
  east = await buildSide('east', '张东', '张东 zhangdong zd')
  west = await buildSide('west', '李西', '李西 lixi lx')
  for (const { accountId } of [east, west]) await giveConsent(server, accountId)
  pieces = [
    await buildPiece(server, { title: '研究摘要' }),
    await buildPiece(server, { title: '=手册', product: 'PD2' }),
  ]
  await server.owner.insertInto('repProduct').values({ repId: east.repId, product: 'PD2' }).execute()
  const [one, two] = pieces
  sent = []
  for (const [side, piece] of [
    [east, one],
    [east, two],
    [west, one],
    [west, two],
  ] as const) {
    // west carries no PD2
    server.clock.at = new Date(server.clock.at.getTime() + 86_400_000)
    await server.owner.updateTable('person').set({ employmentProvedAt: server.clock.at }).execute()
    await server.owner.updateTable('contactFollow').set({ provedAt: server.clock.at }).execute()
    side.cookie = await server.signIn(side.repId)
    sent.push((await send(side, piece)).sendId)
  }
  server.clock.at = new Date(server.clock.at.getTime() + 60_000)
  east.cookie = await server.signIn(east.repId)
  officer = await buildColleague(server, 'compliance_officer')
})
afterAll(() => server.stop())

describe('the sends of the company', () => {
  it('are found by each filter, with both orders, and refused ones too', async () => {
    const [a, b, c, d] = sent as [string, string, string, string]
    expect(await idsOf({})).toEqual([d, c, b, a])
    expect(await idsOf({ order: 'at' })).toEqual([a, b, c, d])
    const found: [Filter, string[]][] = [
      [{ doctor: east.accountId }, [b, a]],
      [{ query: 'lix' }, [d, c]],
      [{ query: '手册' }, [d, b]],
      [{ rep: west.repId }, [d, c]],
      [{ piece: pieces[0] }, [c, a]],
      [{ product: 'PD2' }, [d, b]],
      [{ hospital: west.hospitalId }, [d, c]],
      [{ show: 'refused' }, [d]],
      [{ outcome: 'REFUSED' }, [d]],
      [{ outcome: 'OPEN' }, [c, b, a]],
      [{ show: 'sent' }, []],
      [{ reason: 'product_not_assigned' }, [d]],
      [{ reason: 'cap_reached' }, []],
      [{ reason: 'product_not_assigne_' }, []],
      [{ from: '2026-05-15', until: '2026-05-16' }, [c, b]],
      [{ consentVersion: 1 }, [d, c, b, a]],
      [{ consentVersion: 2 }, []],
      [{ policyVersion: 1, doctor: west.accountId, show: 'refused' }, [d]],
      [{ policyVersion: 2 }, []],
      [{ query: '%' }, []],
    ]
    for (const [filter, ids] of found) expect([filter, await idsOf(filter)]).toEqual([filter, ids])
  })

  it('go on from where a page ended, also where many were decided in one instant', async () => {
    const rows = Array.from({ length: 120 }, (_, n) => ({
      ...{
        sendId: `bulk-${String(n).padStart(4, '0')}`,
        decidedAt: new Date('2026-01-05T03:00:00Z'),
        cameTo: 'REFUSED' as const,
      },
      ...{
        repId: east.repId,
        accountId: east.accountId,
        contentItemId: pieces[0],
        policyVersion: 9,
        consentVersion: null,
      },
      reasons: ',cap_reached,',
    }))
    await server.owner.insertInto('sendRow').values(rows).execute()
    await server.owner
      .insertInto('send')
      .values(
        rows.map(({ sendId, decidedAt, repId, accountId, contentItemId }) => ({
          ...{
            id: sendId,
            requestId: randomUUID(),
            bodyHash: '0'.repeat(64),
            repId,
            externalUserId: east.externalUserId,
          },
          ...{ accountId, contentItemId, documentId: 'D', class: 'scientific' as const, kind: 'news' as const },
          ...{
            outcome: 'refused' as const,
            mediaId: null,
            messageDigest: null,
            policyVersion: 9,
            weighed: '{}',
            decidedAt,
          },
        })),
      )
      .execute()
    for (const order of ['-at', 'at'] as const) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page = await list({ policyVersion: 9, order, cursor })
        seen.push(...page.sends.map((one: { sendId: string }) => one.sendId))
        cursor = page.next
      } while (cursor)
      const ids = rows.map(({ sendId }) => sendId)
      expect(seen).toEqual(order === 'at' ? ids : ids.toReversed())
    }
    await server.owner.deleteFrom('sendRow').where('policyVersion', '=', 9).execute()
    await server.owner.deleteFrom('send').where('policyVersion', '=', 9).execute()
  })

  it('come to what their facts say at once, and to the same however often that is worked out', async () => {
    const { sendId, ticket, digest } = await send(east, pieces[0])
    expect(await idsOf({ outcome: 'OPEN', doctor: east.accountId })).toContain(sendId)
    const told = { sendId, ticket, digest, seenExternalUserId: null, clientAt: server.clock.at, code: '' }
    await call(server, east.cookie, repEndpoints.recordFact, { ...told, kind: 'K', factId: randomUUID() } as never) // its own fields
    const answers = await Promise.all(Array.from({ length: 10 }, () => idsOf({ outcome: 'SENT_CLIENT' })))
    for (const ids of answers) expect(ids).toEqual([sendId])
    expect(await idsOf({ show: 'sent' })).toEqual([sendId])
    const rows = await server.owner.selectFrom('sendRow').select('cameTo').where('sendId', '=', sendId).execute()
    expect(rows).toEqual([{ cameTo: 'SENT_CLIENT' }])
    sent.push(sendId)
  })

  it('show what one was weighed by: consent, policy, piece and facts', async () => {
    const { status, body } = await call(server, officer.cookie, sendEndpoints.loadSend, { sendId: sent[4]! })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      doctor: { name: '张东', territory: 'east' },
      mergedInto: null,
      consent: {
        textVersion: 1,
        language: 'zh-CN',
        identity: 'external_userid',
        statement: 'opted_in',
        textTitle: '同意书',
      },
      policy: { version: 1 },
      piece: { title: '研究摘要', version: 1, card: { title: '研究摘要' } },
      mayRevoke: true,
      send: { verdict: 'SENT_CLIENT', link: 'live' },
    })
    expect(body.weighed).toContainEqual({ name: 'consent.newest.textVersion', value: '1' })
    expect(body.facts.map((fact: { kind: string; author: string }) => [fact.kind, fact.author])).toEqual([
      ['A', '代表east'],
      ['K', '代表east'],
    ])
    expect(body.policy.rules).toContainEqual({ name: 'sendsPerMonth', value: '50' })
  })

  it('tell of a record that was merged, and are found by the one that stands for it', async () => {
    const whole = await buildAccount(server, { name: '张东', territory: 'west' })
    await server.owner.updateTable('account').set({ mergedInto: whole }).where('id', '=', west.accountId).execute()
    expect(await idsOf({ doctor: whole })).toEqual([sent[3], sent[2]])
    const { body } = await call(server, officer.cookie, sendEndpoints.loadSend, { sendId: sent[2]! })
    expect(body).toMatchObject({ doctor: { name: '李西' }, mergedInto: { accountId: whole, name: '张东' } })
    await server.owner.updateTable('account').set({ mergedInto: null }).where('id', '=', west.accountId).execute()
  })

  it('have their links taken back by compliance with a reason, ten times at once on record once', async () => {
    const sendId = sent[4]!
    const auditor = await buildColleague(server, 'auditor')
    const asked = { sendId, reason: '医生来电要求' }
    expect((await call(server, auditor.cookie, sendEndpoints.revokeSendLink, asked)).status).toBe(403)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call(server, officer.cookie, sendEndpoints.revokeSendLink, asked)),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    const told = await server.owner
      .selectFrom('auditEntry')
      .select(['actorId', 'reason'])
      .where('event', '=', 'link.revoked')
      .where('subjectId', '=', sendId)
      .execute()
    expect(told).toEqual([{ actorId: officer.id, reason: '医生来电要求' }])
    const { body } = await call(server, officer.cookie, sendEndpoints.loadSend, { sendId })
    expect(body).toMatchObject({ send: { link: 'revoked' }, mayRevoke: false, revoked: { personId: officer.id } })
    const unknown = await call(server, officer.cookie, sendEndpoints.revokeSendLink, { ...asked, sendId: sent[3]! })
    expect([unknown.status, unknown.body.error]).toEqual([404, 'send_not_found'])
  })
})

describe('the table to take away', () => {
  const take = (filter: Filter, who: Colleague = officer) =>
    call(server, who.cookie, sendEndpoints.exportSends, {
      ...filter,
      cursor: undefined,
      language: 'zh',
      why: '检查要求',
    } as never) // no cursor in an export

  it('has the rows of the list in their order, says what it is, and is on record with its reason', async () => {
    const filter = { show: 'all', product: 'PD2' } as const
    const { status, body, headers } = await take(filter)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/csv')
    const text: string = body.text
    const lines = text.replace(/^\ufeff/, '').split('\r\n')
    const head = lines.findIndex((line) => line.startsWith('"编号"'))
    const rows = lines.slice(head + 1).filter((line) => /^"[0-9A-Z]{26}"/.test(line))
    expect(rows.map((line) => line.slice(1, 27))).toEqual(await idsOf(filter))
    expect(text).toContain('"记录数","2"')
    expect(text).toContain(`"导出人","compliance_officer"`)
    expect(text).toContain('"原因","检查要求"')
    expect(text).toContain('product: PD2')
    expect(text).toContain(`"'=手册"`)
    expect(text).toContain('被拦下')
    expect(lines.at(-2)).toContain('"完","2"')
    const [told] = await server.owner
      .selectFrom('auditEntry')
      .select(['reason', 'detail'])
      .where('event', '=', 'sends.exported')
      .execute()
    expect(told?.reason).toBe('检查要求')
    expect(JSON.stringify(told?.detail)).toContain('PD2')
  })

  it('is refused without a reason, by roles that do not see sends, and without a fresh proof', async () => {
    expect((await call(server, officer.cookie, sendEndpoints.exportSends, { language: 'zh', why: ' ' })).status).toBe(
      400,
    )
    expect((await take({}, await buildColleague(server, 'author'))).body.error).toBe('wrong_role')
    const late = await buildColleague(server, 'auditor')
    server.clock.at = new Date(server.clock.at.getTime() + 11 * 60_000)
    expect((await take({}, late)).body.error).toBe('proof_needed')
  })
})

describe('a manager', () => {
  it('sees the sends of their own territory alone, in lists, tables, choices and by id', async () => {
    const manager = await buildColleague(server, 'manager')
    const ours = (await idsOf({ doctor: east.accountId })).length
    expect(await list({}, manager)).toMatchObject({ own: ['east'] })
    expect(await idsOf({}, manager)).toHaveLength(ours)
    expect(await idsOf({ rep: west.repId }, manager)).toEqual([])
    const foreign = await call(server, manager.cookie, sendEndpoints.loadSend, { sendId: sent[2]! })
    const nobody = await call(server, manager.cookie, sendEndpoints.loadSend, { sendId: 'nobody' })
    expect([foreign.status, foreign.body.error]).toEqual([nobody.status, nobody.body.error])
    expect(foreign.status).toBe(404)
    for (const [of, query, own, other] of [
      ['doctor', '张', '张东', ''],
      ['doctor', '李', '', '李西'],
      ['rep', '代表', '代表east', '代表west'],
      ['hospital', '医院', 'east医院', 'west医院'],
    ] as const) {
      const { body } = await call(server, manager.cookie, sendEndpoints.findSendChoices, { of, query })
      const text = JSON.stringify(body)
      if (own) expect(text).toContain(own)
      if (other) expect(text).not.toContain(other)
    }
    const { body } = await call(server, manager.cookie, sendEndpoints.exportSends, { language: 'en', why: 'review' })
    expect(body.text).toContain('张东')
    expect(body.text).not.toContain('李西')
    expect(body.text).toContain(`"Records","${ours}"`)
  })
})
