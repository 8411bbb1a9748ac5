import { randomUUID } from 'node:crypto'
import { matchingEndpoints, repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildContact, buildOrdinary, buildPiece, buildRep } from '../builders.ts'
import { expectInvariants } from '../invariants.ts'
import { call, post, publicUrl, startTestServer, type Answer, type TestServer } from '../test-server.ts'
import { buildAttacker, posts, sampleOf } from './samples.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(async () => {
  await expectInvariants(server.owner)
  await server.stop()
})

const everyPost = posts.map((endpoint) => [endpoint.path, endpoint] as const)
const tables = [
  'send',
  'fact',
  'auditEntry',
  'contactMatch',
  'accountChange',
  'favourite',
  'linkRevocation',
  'media',
] as const
/** How much was ever written, and what stands where it can change. */
async function countRows(): Promise<number[]> {
  return Promise.all(
    tables.map(async (table) => {
      const counted = server.owner.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('rows'))
      return Number((await counted.executeTakeFirstOrThrow()).rows)
    }),
  )
}
/** What an answer tells, without the id of the request. */
const told = ({ status, body, headers }: Answer) => ({
  status,
  body: { ...body, requestId: '' },
  length: headers.get('content-length'),
  cookies: headers.get('set-cookie'),
})

describe('[A1] [A9] a cookie that is not quite right', () => {
  it('is told nothing, whichever way it is wrong', async () => {
    const { cookie, repId } = await buildOrdinary(server)
    const token = cookie.split('=')[1]!
    const left = await server.signIn(await buildRep(server, { status: 'left' }))
    const out = await server.signIn(repId)
    await call(server, out, repEndpoints.signOut, {})
    const cookies = [
      ...['', 'garbage', '__Host-vouch_rep=', `__Host-vouch_rep=${'A'.repeat(43)}`, `__Host-vouch_rep=${token}x`],
      ...[`vouch_rep=${token}`, `__host-vouch_rep=${token}`, `__Host-vouch_console=${token}`, left, out],
      ...[`__Host-vouch_rep=${encodeURIComponent(`${token}=`)}`, `${cookie}; __Host-vouch_rep=x`, `a=b,${cookie}`],
      `__Host-vouch_rep=${token.toLowerCase()}`,
    ]
    const answers = []
    for (const wrong of cookies) answers.push(told(await call(server, wrong, repEndpoints.start, {})))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 401, body: { error: 'not_signed_in' }, cookies: null })
  })
})

describe('[A10] a request that did not come from our page', () => {
  it.each(everyPost)('%s is refused, and nothing is written', async (_, endpoint) => {
    const { cookie, known } = await buildAttacker(server, endpoint)
    const good = JSON.stringify(sampleOf(endpoint, known))
    const before = await countRows()
    const ask = async (headers: Record<string, string>, body = good) => {
      const answer = await fetch(server.url + endpoint.path, { method: 'POST', headers: { cookie, ...headers }, body })
      return answer.status
    }
    const json = { 'content-type': 'application/json' }
    const here = { origin: publicUrl }
    expect(await ask(json)).toBe(403)
    for (const origin of ['null', 'https://evil.example', `${publicUrl}.evil.example`, 'http://vouch.test:81', 'vouch'])
      expect(await ask({ ...json, origin }), origin).toBe(403)
    expect(await ask({ ...json, ...here, 'sec-fetch-site': 'cross-site' })).toBe(403)
    for (const type of ['text/plain', 'text/json', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])
      expect(await ask({ ...here, 'content-type': type }), type).toBe(415)
    if (endpoint.caller !== 'anyone') expect(await ask({ ...json, ...here, cookie: '' })).toBe(401)
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH'])
      expect((await post(server, cookie, endpoint.path, good, { method })).status, method).toBe(404)
    expect(await countRows()).toEqual(before)
  })
})

describe('[A11] [A13] what belongs to somebody else', () => {
  it('contacts: foreign, invented, a colleague or nobody’s answer alike at every endpoint', async () => {
    const theirs = await buildOrdinary(server)
    const nobodys = await buildContact(server, await buildRep(server), null)
    const { wecomUserId: colleague } = await server.owner
      .selectFrom('person')
      .select('wecomUserId')
      .where('id', '=', theirs.repId)
      .executeTakeFirstOrThrow()
    const about = posts.filter((endpoint) => 'externalUserId' in sampleOf(endpoint, { externalUserId: 'wm' }))
    expect(about.length).toBeGreaterThanOrEqual(6)
    for (const endpoint of about) {
      const { cookie, known } = await buildAttacker(server, endpoint)
      const answers = []
      for (const externalUserId of [theirs.externalUserId, 'wmInvented', colleague, nobodys]) {
        const body = JSON.stringify(sampleOf(endpoint, { ...known, externalUserId }))
        answers.push(told(await post(server, cookie, endpoint.path, body)))
      }
      expect(answers[0], endpoint.path).toMatchObject({ status: 404, body: { error: 'contact_not_found' } })
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size, endpoint.path).toBe(1)
    }
  })

  it('sends: another rep’s and an invented one answer alike, whatever is asked of them', async () => {
    const theirs = await buildOrdinary(server)
    const { externalUserId, contentItemId } = theirs
    const { body: sent } = await call(server, theirs.cookie, repEndpoints.authoriseSend, {
      ...{ requestId: randomUUID(), externalUserId, contentItemId, kind: 'news', entry: 'single_chat_tools' },
    })
    const reps = posts.filter(({ caller }) => caller === 'rep') // the office may see all; managers.test.ts asks as one
    for (const endpoint of reps.filter((candidate) => 'sendId' in sampleOf(candidate, { sendId: 'x' }))) {
      const { cookie, known } = await buildAttacker(server, endpoint)
      const answers = []
      for (const sendId of [sent.sendId as string, `01${'0'.repeat(24)}`]) {
        const body = JSON.stringify(sampleOf(endpoint, { ...known, ...sent, sendId }))
        answers.push(told(await post(server, cookie, endpoint.path, body)))
      }
      expect(answers[0], endpoint.path).toMatchObject({ status: 404, body: { error: 'send_not_found' } })
      expect(answers[1], endpoint.path).toEqual(answers[0])
    }
    const mine = await buildOrdinary(server)
    const { body } = await call(server, mine.cookie, repEndpoints.history, { externalUserId: null, days: 3650 })
    expect(body.sends).toEqual([])
  })

  it('accounts of another territory, inactive and invented ones cannot be matched', async () => {
    const rep = await buildOrdinary(server)
    const externalUserId = await buildContact(server, rep.repId, null)
    const far = await buildAccount(server, { territory: 'west' })
    const gone = await buildAccount(server, { active: 0 })
    const answers = []
    for (const accountId of [far, gone, 'invented'])
      answers.push(
        told(
          await call(server, rep.cookie, matchingEndpoints.matchContact, {
            requestId: randomUUID(),
            externalUserId,
            accountId,
          }),
        ),
      )
    expect(answers[0]).toMatchObject({ status: 404, body: { error: 'account_not_found' } })
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })

  it('[A14] a contact of the rep who is no verified HCP gets a refusal on record, never a message', async () => {
    const rep = await buildOrdinary(server)
    const unverified = await buildAccount(server, { hcpVerified: 0 })
    for (const accountId of [unverified, null]) {
      const externalUserId = await buildContact(server, rep.repId, accountId)
      const { body } = await call(server, rep.cookie, repEndpoints.authoriseSend, {
        ...{ requestId: randomUUID(), externalUserId, contentItemId: rep.contentItemId },
        ...{ kind: 'news', entry: 'single_chat_tools' },
      })
      expect(body.outcome).toBe('refused')
      expect(body.message ?? body.ticket).toBeUndefined()
    }
  })
})

describe('[A15] pieces that are not for this rep', () => {
  it('drafts, pieces in review and of other products do not exist: in no list, no preview, no page image', async () => {
    const rep = await buildOrdinary(server)
    const hidden = [
      ...(await Promise.all((['draft', 'in_review'] as const).map((state) => buildPiece(server, { state })))),
      await buildPiece(server, { product: 'OTHER' }),
      'invented',
    ]
    const { externalUserId } = rep
    const answers = []
    for (const contentItemId of hidden) {
      answers.push(told(await call(server, rep.cookie, repEndpoints.preview, { externalUserId, contentItemId })))
      const image = await fetch(`${server.url}/api/rep/pages/${contentItemId}/1/720.webp`, {
        headers: { cookie: rep.cookie },
      })
      expect([image.status, ((await image.json()) as { error: string }).error]).toEqual([404, 'content_not_found'])
    }
    expect(answers[0]).toMatchObject({ status: 404, body: { error: 'content_not_found' } })
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const { body } = await call(server, rep.cookie, repEndpoints.listPieces, { externalUserId, view: 'all' })
    expect(JSON.stringify(body)).not.toMatch(new RegExp(hidden.join('|')))
  })
})

describe('[A23] reading everything there is', () => {
  it('guessing contacts or pieces: after twenty wrong ones in a minute the rep waits, and right ones wait too', async () => {
    const rep = await buildOrdinary(server)
    const statuses = []
    for (let nth = 0; nth < 22; nth += 1) {
      const { status } = await call(server, rep.cookie, repEndpoints.preview, {
        externalUserId: null,
        contentItemId: `guess-${nth}`,
      })
      statuses.push(status)
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 404), 429, 429])
    const { externalUserId } = rep
    const answer = await call(server, rep.cookie, repEndpoints.openChat, { externalUserId, entry: 'single_chat_tools' })
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([429, true])
    const another = await buildOrdinary(server)
    expect((await call(server, another.cookie, repEndpoints.start, {})).status).toBe(200)
  })

  it('searching people: sixty a minute, twenty rows each, and no answer ever says how many there are', async () => {
    const rep = await buildOrdinary(server)
    const answers = await Promise.all(
      Array.from({ length: 65 }, () =>
        call(server, rep.cookie, matchingEndpoints.findAccounts, { query: 'zhang', externalUserId: null }),
      ),
    )
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(5)
    for (const { body } of answers.filter((answer) => answer.status === 200))
      expect(Object.keys(body as object)).toEqual(['accounts'])
  })
})
