import { randomUUID } from 'node:crypto'
import { repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  buildAccount,
  buildCompany,
  buildContact,
  buildOrdinary,
  buildPiece,
  changePiece,
  buildRep,
  giveConsent,
} from '../../test/builders.ts'
import { setWishes } from '../contacts/wishes/set-wishes.ts'
import { call, morning, post, publicUrl, startTestServer, type TestServer } from '../../test/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())

type Ordinary = Awaited<ReturnType<typeof buildOrdinary>>
async function wish(
  { accountId }: Ordinary,
  wishes: Partial<{ wanted: string[]; mostPerMonth: number; quietFrom: number; quietUntil: number }>,
): Promise<void> {
  const none = { revision: 0, shown: ['PD1'], wanted: ['PD1'], mostPerMonth: null, quietFrom: null, quietUntil: null }
  expect(await setWishes(server.deps, { accountId, ...none, ...wishes })).toBe('saved')
}

const asking = (ordinary: Ordinary, other: Record<string, unknown> = {}) => ({
  requestId: randomUUID(),
  externalUserId: ordinary.externalUserId,
  contentItemId: ordinary.contentItemId,
  kind: 'news' as const,
  entry: 'single_chat_tools' as const,
  ...other,
})
const ask = (ordinary: Ordinary, other: Record<string, unknown> = {}) =>
  call(server, ordinary.cookie, repEndpoints.authoriseSend, asking(ordinary, other))
/** As the sidebar does: a busy server is asked again with the same request. */
async function askUntilAnswered(cookie: string, asked: ReturnType<typeof asking>): ReturnType<typeof call> {
  const answer = await call(server, cookie, repEndpoints.authoriseSend, asked)
  return answer.status === 503 ? askUntilAnswered(cookie, asked) : answer
}
const rowsOf = async (ordinary: Ordinary) => ({
  sends: await server.owner.selectFrom('send').select(['id', 'outcome']).where('repId', '=', ordinary.repId).execute(),
  audits: await server.owner
    .selectFrom('auditEntry')
    .select(['event', 'subjectId'])
    .where('actorId', '=', ordinary.repId)
    .where('event', 'like', 'send.%')
    .execute(),
})
const reasons = (answer: { body: { refusals: { reason: string }[] } }) =>
  answer.body.refusals.map((refusal) => refusal.reason)

describe('a send that may happen', () => {
  it('[SEND-01] is on record with its fact and audit entry before the message is given out', async () => {
    const ordinary = await buildOrdinary(server)
    const answer = await ask(ordinary)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      outcome: 'authorised',
      message: { msgtype: 'news', news: { title: '研究摘要', desc: '示例药业' } },
    })
    expect(Object.keys(answer.body.message)).toEqual(['msgtype', 'news'])
    expect(answer.body.message.news.link).toMatch(new RegExp(`^${publicUrl}/l/${answer.body.sendId}[\\w-]{22}$`))
    expect(new Date(answer.body.ticketExpiresAt).getTime() - morning.getTime()).toBe(90_000)
    const { sends, audits } = await rowsOf(ordinary)
    expect(sends).toEqual([{ id: answer.body.sendId, outcome: 'authorised' }])
    expect(audits).toEqual([{ event: 'send.authorised', subjectId: answer.body.sendId }])
    const facts = await server.owner
      .selectFrom('fact')
      .select('kind')
      .where('sendId', '=', answer.body.sendId)
      .execute()
    expect(facts).toEqual([{ kind: 'A' }])
    expect(server.told.calls).toEqual([])
  })

  it('[SEND-02] answers a repeated request with the first answer, byte for byte, while the ticket lives', async () => {
    const ordinary = await buildOrdinary(server)
    const asked = asking(ordinary)
    const first = await call(server, ordinary.cookie, repEndpoints.authoriseSend, asked)
    const second = await call(server, ordinary.cookie, repEndpoints.authoriseSend, asked)
    expect(second.body).toEqual(first.body)
    expect((await rowsOf(ordinary)).sends).toHaveLength(1)
  })

  it('[SEND-03] says only how it stands once the ticket is over', async () => {
    const ordinary = await buildOrdinary(server)
    const asked = asking(ordinary)
    const first = await call(server, ordinary.cookie, repEndpoints.authoriseSend, asked)
    server.clock.at = new Date(morning.getTime() + 91_000)
    const later = await call(server, ordinary.cookie, repEndpoints.authoriseSend, asked)
    server.clock.at = morning
    expect(later.body).toEqual({ outcome: 'decided', sendId: first.body.sendId, verdict: 'OPEN' })
  })

  it('[SEND-04] refuses a known request id with another body', async () => {
    const ordinary = await buildOrdinary(server)
    const asked = asking(ordinary)
    await call(server, ordinary.cookie, repEndpoints.authoriseSend, asked)
    const other = await call(server, ordinary.cookie, repEndpoints.authoriseSend, { ...asked, again: true })
    expect(other).toMatchObject({ status: 409, body: { error: 'request_id_reused' } })
  })

  it('[SEND-05] gives a phrase with the names of the doctor and the rep', async () => {
    const ordinary = await buildOrdinary(server)
    const contentItemId = await buildPiece(server, { kind: 'phrase', ways: 'text', body: '{doctor}您好，我是{rep}' })
    const answer = await ask(ordinary, { contentItemId, kind: 'text' })
    expect(answer.body.message).toEqual({ msgtype: 'text', text: { content: '张伟您好，我是王磊' } })
  })

  it('[SEND-06] sends a file only when WeCom has it already under the name of the piece, and then by its media id', async () => {
    const ordinary = await buildOrdinary(server)
    const fileHash = randomUUID().replaceAll('-', '').padEnd(64, '0')
    const same = { fileHash, approvedHash: fileHash }
    const contentItemId = await buildPiece(server, { ...same, fileName: '医生版.pdf' })
    const other = await buildPiece(server, { ...same, fileName: '', title: '患者版' })
    expect(reasons(await ask(ordinary, { contentItemId, kind: 'file' }))).toEqual(['media_not_ready'])
    const expiresAt = new Date(morning.getTime() + 3_600_000)
    const held = { fileHash, kind: 'file' as const, wantedAt: morning, uploadedAt: morning, expiresAt, problem: null }
    await server.db
      .insertInto('media')
      .values({ ...held, fileName: '医生版.pdf', mediaId: 'M1' })
      .execute()
    expect(reasons(await ask(ordinary, { contentItemId: other, kind: 'file' }))).toEqual(['media_not_ready'])
    const sent = async (asked: string) => (await ask(ordinary, { contentItemId: asked, kind: 'file' })).body.message
    expect(await sent(contentItemId)).toEqual({ msgtype: 'file', file: { mediaid: 'M1' } })
    await server.db
      .insertInto('media')
      .values({ ...held, fileName: '患者版', mediaId: 'M2' })
      .execute()
    expect(await sent(other)).toEqual({ msgtype: 'file', file: { mediaid: 'M2' } })
  })
})

describe('a send that may not happen is a refusal on record', () => {
  const cases: {
    says: string
    reason: string
    make: (ordinary: Ordinary) => Promise<Record<string, unknown> | void>
  }[] = [
    {
      says: 'nobody asked the doctor yet',
      reason: 'not_opted_in',
      make: async (o) => {
        const accountId = await buildAccount(server)
        return { externalUserId: await buildContact(server, o.repId, accountId) }
      },
    },
    {
      says: 'the doctor withdrew',
      reason: 'opted_out',
      make: (o) => giveConsent(server, o.accountId, 'opted_out', morning),
    },
    {
      says: 'the contact is nobody in our list yet',
      reason: 'account_not_matched',
      make: async (o) => ({ externalUserId: await buildContact(server, o.repId, null) }),
    },
    {
      says: '[R18] the doctor is not a verified HCP',
      reason: 'hcp_not_verified',
      make: async (o) => {
        const accountId = await buildAccount(server, { hcpVerified: 0 })
        await giveConsent(server, accountId)
        return { externalUserId: await buildContact(server, o.repId, accountId) }
      },
    },
    {
      says: 'the doctor deleted the rep',
      reason: 'contact_not_yours',
      make: async (o) => {
        await server.db.updateTable('contactFollow').set({ following: 0 }).where('repId', '=', o.repId).execute()
      },
    },
    {
      says: 'the follow was last proved two days ago',
      reason: 'contact_proof_stale',
      make: async (o) => {
        await server.db
          .updateTable('contactFollow')
          .set({ provedAt: new Date(morning.getTime() - 172_800_000) })
          .where('repId', '=', o.repId)
          .execute()
      },
    },
    {
      says: 'employment was last proved twenty minutes ago',
      reason: 'employment_proof_stale',
      make: async (o) => {
        await server.db
          .updateTable('person')
          .set({ employmentProvedAt: new Date(morning.getTime() - 1_200_000) })
          .where('id', '=', o.repId)
          .execute()
      },
    },
    {
      says: 'the rep is not filed',
      reason: 'rep_not_entitled',
      make: async (o) => {
        await server.db.updateTable('person').set({ filingNumber: null }).where('id', '=', o.repId).execute()
      },
    },
    {
      says: 'the doctor is in another territory',
      reason: 'other_territory',
      make: async (o) => {
        const accountId = await buildAccount(server, { territory: 'west' })
        await giveConsent(server, accountId)
        return { externalUserId: await buildContact(server, o.repId, accountId) }
      },
    },
    {
      says: 'the piece was withdrawn',
      reason: 'content_withdrawn',
      make: async () => ({ contentItemId: await buildPiece(server, { state: 'withdrawn', endedAt: morning }) }),
    },
    {
      says: 'the piece expired this very moment',
      reason: 'content_expired',
      make: async () => ({ contentItemId: await buildPiece(server, { expiresAt: morning }) }),
    },
    {
      says: 'the piece is not in force yet',
      reason: 'content_not_effective',
      make: async () => ({ contentItemId: await buildPiece(server, { effectiveAt: new Date(morning.getTime() + 1) }) }),
    },
    {
      says: 'the stored bytes are not the approved ones',
      reason: 'content_changed',
      make: async () => ({ contentItemId: await buildPiece(server, { approvedHash: 'b'.repeat(64) }) }),
    },
    {
      says: 'somebody changed the title past the application',
      reason: 'content_changed',
      make: async () => {
        const contentItemId = await buildPiece(server)
        await changePiece(server, contentItemId, { title: '另一个标题' }, true)
        return { contentItemId }
      },
    },
    {
      says: 'somebody moved the last day past the application',
      reason: 'content_changed',
      make: async () => {
        const contentItemId = await buildPiece(server)
        await changePiece(server, contentItemId, { expiresAt: null }, true)
        return { contentItemId }
      },
    },
    {
      says: 'the piece was ended before its last day',
      reason: 'content_expired',
      make: async () => ({ contentItemId: await buildPiece(server, { state: 'expired', expiredAt: morning }) }),
    },
    {
      says: 'the piece was sent back',
      reason: 'content_not_approved',
      make: async () => ({ contentItemId: await buildPiece(server, { state: 'returned' }) }),
    },
    {
      says: 'the version is in quarantine',
      reason: 'content_held',
      make: async () => ({ contentItemId: await buildPiece(server, { source: 'vault', heldReason: 'bytes_changed' }) }),
    },
    {
      says: 'the piece is for another group of reps',
      reason: 'rep_not_in_reach',
      make: async () => ({ contentItemId: await buildPiece(server, { repGroups: 'launch,pilot' }) }),
    },
    {
      says: 'the piece is for another territory',
      reason: 'rep_not_in_reach',
      make: async () => ({ contentItemId: await buildPiece(server, { territories: 'west' }) }),
    },
    {
      says: 'the piece is for another grade of hospital',
      reason: 'wrong_audience',
      make: async () => ({ contentItemId: await buildPiece(server, { hospitalGrades: '三级甲等' }) }),
    },
    {
      says: 'the piece is for another specialty',
      reason: 'wrong_audience',
      make: async () => ({ contentItemId: await buildPiece(server, { audience: 'cardiology' }) }),
    },
    {
      says: 'the piece is for another market',
      reason: 'wrong_market',
      make: async () => ({ contentItemId: await buildPiece(server, { market: 'HK' }) }),
    },
    {
      says: 'the piece belongs to another product line',
      reason: 'product_not_assigned',
      make: async () => ({ contentItemId: await buildPiece(server, { product: 'OTHER' }) }),
    },
    {
      says: 'the piece may only go as a link',
      reason: 'kind_not_allowed',
      make: async () => ({ contentItemId: await buildPiece(server, { ways: 'news' }), kind: 'file' }),
    },
    { says: 'the chat is a group', reason: 'group_chat', make: async () => ({ entry: 'group_chat_tools' }) },
    {
      says: 'the doctor asked for a pause',
      reason: 'hcp_paused',
      make: async (o) => {
        await server.db
          .updateTable('account')
          .set({ pausedUntil: new Date(morning.getTime() + 86_400_000) })
          .where('id', '=', o.accountId)
          .execute()
      },
    },
    {
      says: 'the doctor wants nothing about this product',
      reason: 'topic_unwanted',
      make: (o) => wish(o, { wanted: [] }),
    },
    {
      says: 'the doctor wants nothing this month',
      reason: 'hcp_cap_reached',
      make: (o) => wish(o, { mostPerMonth: 0 }),
    },
    {
      says: 'the doctor wants to be left alone at this hour',
      reason: 'hcp_quiet_hours',
      make: (o) => wish(o, { quietFrom: 0, quietUntil: 23 * 60 + 59 }),
    },
    {
      says: 'the file is too large for WeCom',
      reason: 'file_too_large',
      make: async () => ({ contentItemId: await buildPiece(server, { fileBytes: 21 * 1024 * 1024 }), kind: 'file' }),
    },
    {
      says: 'the card text is too long for WeCom',
      reason: 'card_text_too_long',
      make: async () => ({ contentItemId: await buildPiece(server, { cardTitle: '长'.repeat(50) }) }),
    },
  ]
  it.each(cases)('[SEND-20] $says: $reason', async ({ reason, make }) => {
    const ordinary = await buildOrdinary(server)
    const answer = await ask(ordinary, (await make(ordinary)) ?? {})
    expect(answer.status).toBe(200)
    expect(answer.body.outcome).toBe('refused')
    expect(reasons(answer)).toContain(reason)
    expect(answer.body.message).toBeUndefined()
    const { sends, audits } = await rowsOf(ordinary)
    expect(sends).toEqual([{ id: answer.body.sendId, outcome: 'refused' }])
    expect(audits.map((audit) => audit.event)).toEqual(['send.refused'])
  })

  it('[SEND-36] of a yes and a no of the same instant the no holds, whichever was written last', async () => {
    for (const order of [['declined', 'opted_in'] as const, ['opted_in', 'declined'] as const]) {
      const ordinary = await buildOrdinary(server)
      for (const statement of order) await giveConsent(server, ordinary.accountId, statement, morning)
      expect(reasons(await ask(ordinary))).toEqual(['opted_out'])
    }
  })

  it('[WISH-20] of ten taps at once of a doctor who wants two a month, two go out', async () => {
    const ordinary = await buildOrdinary(server)
    await wish(ordinary, { mostPerMonth: 2 })
    const taps = Array.from({ length: 10 }, async () =>
      ask(ordinary, { contentItemId: await buildPiece(server), again: true }),
    )
    const outcomes = (await Promise.all(taps)).map((answer) => answer.body.outcome)
    expect(outcomes.filter((outcome) => outcome === 'authorised')).toHaveLength(2)
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(8)
  })

  it('[SEND-24] a piece for the rep’s group and the doctor’s hospital goes out', async () => {
    const ordinary = await buildOrdinary(server)
    await server.db.insertInto('repGroup').values({ code: 'launch', name: '上市组' }).execute()
    await server.db.insertInto('repGroupMember').values({ code: 'launch', repId: ordinary.repId }).execute()
    await server.db
      .insertInto('hospital')
      .values({ id: 'graded', name: '甲', shortName: '甲', grade: '三级甲等' })
      .execute()
    await server.db.updateTable('account').set({ hospitalId: 'graded' }).where('id', '=', ordinary.accountId).execute()
    const reach = { repGroups: 'launch,pilot', territories: 'east', hospitalGrades: '二级甲等,三级甲等' }
    const answer = await ask(ordinary, { contentItemId: await buildPiece(server, reach) })
    expect(answer.body.outcome).toBe('authorised')
  })

  it('[SEND-25] where a policy says how old a proof of the vault may be, an older one is refused', async () => {
    const ordinary = await buildOrdinary(server)
    const contentItemId = await buildPiece(server, { source: 'vault' })
    const seen = { vaultId: 7, major: 1, minor: 0, stateLabel: 'Approved for Distribution', seenAt: morning }
    const provedAt = new Date(morning.getTime() - 31 * 60_000)
    await server.db
      .insertInto('vaultVersion')
      .values({ ...seen, contentItemId, provedAt })
      .execute()
    expect((await ask(ordinary, { contentItemId })).body.outcome).toBe('authorised')
    const { version, ...policy } = await server.owner.selectFrom('policy').selectAll().executeTakeFirstOrThrow()
    const stricter = { ...policy, version: version + 1, vaultProofMinutes: 30 }
    await server.owner.insertInto('policy').values(stricter).execute()
    expect(reasons(await ask(ordinary, { contentItemId, again: true }))).toEqual(['content_proof_stale'])
    await server.owner.deleteFrom('policy').where('version', '=', stricter.version).execute()
  })

  it('[SEND-21] late in the evening it waits until morning, by the server’s clock and Shanghai’s time', async () => {
    server.clock.at = new Date('2026-05-13T14:30:00.000Z')
    const ordinary = await buildOrdinary(server)
    const answer = await ask(ordinary)
    server.clock.at = morning
    expect(answer.body.refusals).toEqual([{ reason: 'quiet_hours', until: '2026-05-14T00:00:00.000Z' }])
  })

  it('[SEND-22] the same piece again within two weeks needs the rep to say so', async () => {
    const ordinary = await buildOrdinary(server)
    await ask(ordinary)
    expect(reasons(await ask(ordinary))).toEqual(['sent_recently'])
    expect((await ask(ordinary, { again: true })).body.outcome).toBe('authorised')
  })

  it('[SEND-23] a rep who left a moment ago is refused at the gate even while the session is still believed', async () => {
    const ordinary = await buildOrdinary(server)
    await call(server, ordinary.cookie, repEndpoints.start, {})
    await server.db.updateTable('person').set({ status: 'left' }).where('id', '=', ordinary.repId).execute()
    expect(reasons(await ask(ordinary))).toContain('rep_inactive')
  })
})

describe('at the same time', () => {
  it('[SEND-30] sixty-four taps at one below the cap let exactly one through', async () => {
    const ordinary = await buildOrdinary(server)
    for (let sent = 0; sent < 3; sent += 1) await ask(ordinary, { contentItemId: await buildPiece(server) })
    const pieces = await Promise.all(Array.from({ length: 64 }, () => buildPiece(server)))
    const answers = await Promise.all(
      pieces.map((contentItemId) => askUntilAnswered(ordinary.cookie, asking(ordinary, { contentItemId }))),
    )
    expect(answers.filter((answer) => answer.body.outcome === 'authorised')).toHaveLength(1)
    expect(
      answers
        .filter((answer) => answer.body.outcome === 'refused')
        .every((answer) => reasons(answer).includes('cap_reached')),
    ).toBe(true)
  })

  it('[SEND-31] the cap holds across reps', async () => {
    const ordinary = await buildOrdinary(server)
    const colleague = await buildRep(server)
    const theirs = {
      ...ordinary,
      repId: colleague,
      externalUserId: await buildContact(server, colleague, ordinary.accountId),
      cookie: await server.signIn(colleague),
    }
    const pieces = await Promise.all(Array.from({ length: 12 }, () => buildPiece(server)))
    const answers = await Promise.all(
      pieces.map((contentItemId, index) => ask(index % 2 ? ordinary : theirs, { contentItemId })),
    )
    expect(answers.filter((answer) => answer.body.outcome === 'authorised')).toHaveLength(4)
  })

  it('[SEND-32] one request id sixty-four times is one send and sixty-four equal answers', async () => {
    const ordinary = await buildOrdinary(server)
    const asked = asking(ordinary)
    const answers = await Promise.all(Array.from({ length: 64 }, () => askUntilAnswered(ordinary.cookie, asked)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect((await rowsOf(ordinary)).sends).toHaveLength(1)
  })

  it('[SEND-33] a withdrawal of the piece among sixty-four sends: none is decided after it', async () => {
    const contentItemId = await buildPiece(server)
    const all = await Promise.all(Array.from({ length: 64 }, () => buildOrdinary(server)))
    const withdrawal = new Promise((resolve) => setTimeout(resolve, 40)).then(async () => {
      await server.db
        .updateTable('contentItem')
        .set({ state: 'withdrawn', endedAt: morning })
        .where('id', '=', contentItemId)
        .execute()
      const { sends } = await server.owner
        .selectFrom('send')
        .select((eb) => eb.fn.countAll<number>().as('sends'))
        .where('contentItemId', '=', contentItemId)
        .where('outcome', '=', 'authorised')
        .executeTakeFirstOrThrow()
      return Number(sends)
    })
    const answers = await Promise.all(
      all.map((ordinary) => askUntilAnswered(ordinary.cookie, asking(ordinary, { contentItemId }))),
    )
    const atWithdrawal = await withdrawal
    const authorised = answers.filter((answer) => answer.body.outcome === 'authorised').length
    expect(authorised).toBe(atWithdrawal)
    expect(
      answers
        .filter((answer) => answer.body.outcome === 'refused')
        .every((answer) => reasons(answer).includes('content_withdrawn')),
    ).toBe(true)
  })
})

describe('sends that arrive together', () => {
  it('[SEND-34] each gets the answer it would get alone', async () => {
    const many = await Promise.all(Array.from({ length: 6 }, () => buildOrdinary(server)))
    const [fine, stranger, invented, refused, phrase, repeated] = many
    const asked = asking(repeated!)
    const before = await call(server, repeated!.cookie, repEndpoints.authoriseSend, asked)
    await server.db.updateTable('account').set({ hcpVerified: 0 }).where('id', '=', refused!.accountId).execute()
    const words = await buildPiece(server, { kind: 'phrase', ways: 'text', body: '{doctor}您好' })
    const told = server.logged.length
    const answers = await Promise.all([
      ask(fine!),
      ask(stranger!, { externalUserId: fine!.externalUserId }),
      ask(invented!, { contentItemId: 'nothing' }),
      ask(refused!),
      ask(phrase!, { contentItemId: words, kind: 'text' }),
      call(server, repeated!.cookie, repEndpoints.authoriseSend, asked),
      call(server, repeated!.cookie, repEndpoints.authoriseSend, { ...asked, again: true }),
    ])
    expect(answers.map(({ status, body }) => body.error ?? body.outcome ?? status)).toEqual([
      ...['authorised', 'contact_not_found', 'content_not_found', 'refused', 'authorised', 'authorised'],
      'request_id_reused',
    ])
    expect(reasons(answers[3]!)).toEqual(['hcp_not_verified'])
    expect(answers[4]!.body.message.text.content).toContain('您好')
    expect(answers[5]!.body).toEqual(before.body)
    expect((await Promise.all(many.map(rowsOf))).map(({ sends }) => sends.length)).toEqual([1, 0, 0, 1, 1, 1])
    expect(server.logged.slice(told).filter((line) => line.includes('"level":50'))).toEqual([])
  })

  it('[SEND-35] a doctor whom somebody holds keeps nobody else waiting', async () => {
    const [held, other] = [await buildOrdinary(server), await buildOrdinary(server)]
    let answered: string[] = []
    const note = async (name: string, answer: ReturnType<typeof ask>) => {
      const { body } = await answer
      answered = [...answered, `${name} ${body.outcome}`]
    }
    let both: Promise<unknown> = Promise.resolve()
    await server.owner.transaction().execute(async (trx) => {
      await trx.selectFrom('account').select('id').where('id', '=', held.accountId).forUpdate().execute()
      const waiting = note('held', ask(held))
      const through = note('other', ask(other))
      both = Promise.all([waiting, through])
      await through
      expect(answered).toEqual(['other authorised'])
    })
    await both
    expect(answered).toEqual(['other authorised', 'held authorised'])
  })
})

describe('what is not a fair question', () => {
  it('[SEND-40] foreign and unknown objects answer alike', async () => {
    const [mine, theirs] = [await buildOrdinary(server), await buildOrdinary(server)]
    const foreign = await ask(mine, { externalUserId: theirs.externalUserId })
    const unknown = await ask(mine, { externalUserId: 'wmNobody' })
    expect([foreign.status, unknown.status]).toEqual([404, 404])
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
    expect((await ask(mine, { contentItemId: 'no-such-piece' })).body.error).toBe('content_not_found')
  })

  it.each([
    ['an unknown field', (good: string) => good.replace('{', '{"approved":true,'), 'approved'],
    ['a wrong type', (good: string) => good.replace('"news"', '["news"]'), 'kind'],
    ['a prototype', (good: string) => good.replace('{', '{"__proto__":{},'), 'body'],
    ['a name twice', (good: string) => good.replace('{', '{"kind":"file",'), 'body'],
    ['no JSON at all', () => 'kind=news', 'body'],
    ['a missing field', (good: string) => good.replace('"kind":"news",', ''), 'kind'],
  ])('[SEND-41] %s is refused with the field named and nothing written', async (_, spoil, field) => {
    const ordinary = await buildOrdinary(server)
    const answer = await post(server, ordinary.cookie, '/api/rep/sends', spoil(JSON.stringify(asking(ordinary))))
    expect(answer).toMatchObject({ status: 400, body: { error: 'bad_request', field } })
    expect((await rowsOf(ordinary)).sends).toHaveLength(0)
  })

  it('[SEND-42] too much, another origin, a form, nobody signed in: each its own answer, nothing written', async () => {
    const ordinary = await buildOrdinary(server)
    const good = JSON.stringify(asking(ordinary))
    expect((await post(server, ordinary.cookie, '/api/rep/sends', good.padEnd(20_000))).status).toBe(413)
    expect(
      (await post(server, ordinary.cookie, '/api/rep/sends', good, { headers: { origin: 'https://evil.example' } }))
        .status,
    ).toBe(403)
    expect(
      (await post(server, ordinary.cookie, '/api/rep/sends', good, { headers: { 'content-type': 'text/plain' } }))
        .status,
    ).toBe(415)
    expect((await post(server, '', '/api/rep/sends', good)).status).toBe(401)
    expect((await post(server, '__Host-vouch_rep=garbage', '/api/rep/sends', good)).status).toBe(401)
    expect((await post(server, `${ordinary.cookie}; ${ordinary.cookie}`, '/api/rep/sends', good)).status).toBe(401)
    expect((await rowsOf(ordinary)).sends).toHaveLength(0)
  })
})
