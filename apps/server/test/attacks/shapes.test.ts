import { randomUUID } from 'node:crypto'
import { matchingEndpoints, repEndpoints, type Endpoint } from '@vouch/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writePostings } from '../../src/content/write-postings.ts'
import { transact } from '../../src/db/database.ts'
import { buildAccount, buildCompany, buildOrdinary, buildPiece } from '../builders.ts'
import { expectInvariants } from '../invariants.ts'
import { call, post, startTestServer, type Answer, type TestServer } from '../test-server.ts'
import { metacharacters, strangeValues } from './payloads.ts'
import { buildAttacker, fieldsOf, isFree, isText, posts, sampleOf } from './samples.ts'

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

type Known = Record<string, unknown>
type Tried = { sent: string; status: number; body: Answer['body'] }

/** Asks with one body after another; before the budget of wrong guesses is spent, the next rep takes over. */
function attack(endpoint: Endpoint) {
  let attacker: Awaited<ReturnType<typeof buildAttacker>> | undefined
  let asked = 0
  let wrong = 0
  return async (bodies: ((known: Known) => string)[]): Promise<Tried[]> => {
    const answers: Tried[] = []
    for (const write of bodies) {
      if (!attacker || wrong === 4 || asked % 40 === 39 || endpoint.path.endsWith('/sign-out')) {
        attacker = await buildAttacker(server, endpoint)
        wrong = 0
      }
      asked += 1
      const sent = write(attacker.known)
      await server.owner.deleteFrom('attemptCount').execute() // each of these is a first try
      const { status, body } = await post(server, attacker.cookie, endpoint.path, sent)
      if (status === 404) wrong += 1
      answers.push({ sent, status, body })
    }
    return answers
  }
}
const oddly = (answers: { sent: string; status: number }[], expected: number[]) =>
  answers.filter(({ status }) => !expected.includes(status)).map(({ sent, status }) => `${status} ${sent}`)

describe.each(everyPost)('%s', (_, endpoint) => {
  it('takes its own sample, so that what follows is about one field', async () => {
    const { cookie, known } = await buildAttacker(server, endpoint)
    const answer = await post(server, cookie, endpoint.path, JSON.stringify(sampleOf(endpoint, known)))
    expect([200, 401, 409], JSON.stringify(answer.body)).toContain(answer.status)
    expect(answer.body.error ?? 'already_matched').toMatch(/step_up_needed|already_matched/)
  })

  it('[A25] takes what means something to others as plain text', async () => {
    const texts = Object.entries(fieldsOf(endpoint)).filter(([, schema]) => isText(schema))
    const answers = await attack(endpoint)(
      texts.flatMap(([name, schema]) =>
        (isFree(schema) ? metacharacters : metacharacters.slice(0, 4)).map(
          (text) => (known: Known) => JSON.stringify({ ...sampleOf(endpoint, known), [name]: text }),
        ),
      ),
    )
    expect(oddly(answers, [200, 400, 404, 409])).toEqual([])
  })

  it('[A17] refuses values of another kind and names the field', async () => {
    const isObject = (value: unknown) => typeof value === 'object' && value !== null
    const tryAll = attack(endpoint)
    for (const [name, schema] of Object.entries(fieldsOf(endpoint))) {
      const given = (value: unknown) => (known: Known) =>
        JSON.stringify({ ...sampleOf(endpoint, known), [name]: value })
      const strange = strangeValues.filter(
        (value) => isObject(value) && !(schema.type === 'array' && Array.isArray(value)),
      )
      const wrong = isText(schema) || schema.enum || schema.type === 'array' ? [...strange, 0, true] : strange
      const answers = await tryAll(wrong.map(given))
      expect(oddly(answers, [400]), name).toEqual([])
      for (const answer of answers) expect(answer.body).toMatchObject({ error: 'bad_request', field: name })
      const others = await tryAll(strangeValues.filter((value) => !isObject(value)).map(given))
      expect(oddly(others, [200, 400, 401, 404, 409, 410, 413]), name).toEqual([])
    }
  })

  it('[A17] refuses names it does not know, names given twice and prototypes', async () => {
    const extra = [
      ...['"state":"approved"', '"approved":true', '"repId":"x"', '"constructor":{}', '"__proto__":{"a":1}'],
      ...['"\\u005f_proto__":{}', '"same":1,"same":2', '"same":1,"s\\u0061me":2'],
    ]
    const whole = ['[]', '[{}]', '""', '1', 'null', 'true', '', '{', '{"a":1}}', '\ufeff{}']
    const read = (known: Known) => JSON.stringify(sampleOf(endpoint, known))
    const answers = await attack(endpoint)([
      ...extra.map((field) => (known: Known) => {
        const sample = read(known)
        return `{${field}${sample === '{}' ? '' : ','}${sample.slice(1)}`
      }),
      ...whole.map((body) => () => body),
      (known) => `[${read(known)}]`,
    ])
    expect(oddly(answers, [400])).toEqual([])
  })

  it('[A24] refuses depth, width and size', async () => {
    const { cookie } = await buildAttacker(server, endpoint)
    const deep = `${'['.repeat(4_000)}${']'.repeat(4_000)}`
    const wide = `{${Array.from({ length: 700 }, (_ignored, nth) => `"a${nth}":1`).join()}}`
    for (const body of [deep, `{"a":${deep}`.slice(0, 8_000), wide])
      expect((await post(server, cookie, endpoint.path, body)).status).toBe(400)
    expect((await post(server, cookie, endpoint.path, ' '.repeat(10 * 1024 * 1024))).status).toBe(413)
  })
})

it('[A17] [A24] whatever JSON comes, no endpoint ever fails', { timeout: 60_000 }, async () => {
  const attackers = new Map(
    await Promise.all(
      posts
        .filter((endpoint) => !endpoint.path.endsWith('/sign-out'))
        .map(async (endpoint) => [endpoint, await buildAttacker(server, endpoint)] as const),
    ),
  )
  const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 70 }), fc.jsonValue({ maxDepth: 3 }), fc.double())
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...attackers.keys()),
      fc.array(fc.tuple(fc.nat(20), value), { maxLength: 3 }),
      async (endpoint, changes) => {
        const { cookie, known } = attackers.get(endpoint)!
        const input = sampleOf(endpoint, known)
        const names = Object.keys(input)
        for (const [nth, strange] of changes) input[names[nth % names.length]!] = strange
        const answer = await post(server, cookie, endpoint.path, JSON.stringify(input))
        expect(answer.status, JSON.stringify(input)).toBeLessThan(500)
      },
    ),
    { numRuns: 300, seed: 20261122 },
  )
})

describe('[A25] a search finds what was written, not what it could mean', () => {
  it('pieces: percent, underscore and backslash stand for nothing', async () => {
    const { cookie } = await buildOrdinary(server)
    const contentItemId = await buildPiece(server, { title: String.raw`减重50%的研究 a_b c\d` })
    await transact(server.db, (trx) => writePostings(trx, server.deps.now(), contentItemId))
    const find = async (query: string) => {
      const { body } = await call(server, cookie, repEndpoints.listPieces, { externalUserId: null, query, view: 'all' })
      return (body.pieces as { contentItemId: string }[]).map((piece) => piece.contentItemId)
    }
    for (const query of ['50%', 'a_b', String.raw`c\d`, '%的'])
      expect(await find(query), query).toEqual([contentItemId])
    for (const query of ['5%究', 'axb', '%', '_', String.raw`\d\d`, "' or 1=1 -- "])
      expect(await find(query)).toEqual([])
  })

  it('accounts: a lone percent is no wildcard, and the list never grows beyond its page', async () => {
    const { cookie } = await buildOrdinary(server)
    for (let nth = 0; nth < 25; nth += 1) await buildAccount(server)
    const find = async (query: string) =>
      (await call(server, cookie, matchingEndpoints.findAccounts, { query, externalUserId: null })).body.accounts
    expect(await find('%')).toEqual([])
    expect(await find('_')).toEqual([])
    expect(await find('zhang')).toHaveLength(20)
  })

  it('a cursor is two numbers we wrote, or refused', async () => {
    const { cookie } = await buildOrdinary(server)
    const list = (cursor: string) => call(server, cookie, repEndpoints.history, { externalUserId: null, cursor })
    for (const cursor of ['0', '1.', '.a', '1e9.a', '-1.a', '1.a;b', '999999999999999.a', '1.a\n', 'NaN.a', '']) {
      expect(await list(cursor), cursor).toMatchObject({ status: 400, body: { error: 'bad_request', field: 'cursor' } })
    }
    expect((await list('99999999999999.zz')).status).toBe(200)
    expect((await list(`0.${randomUUID()}`)).body.sends).toEqual([])
  })
})
