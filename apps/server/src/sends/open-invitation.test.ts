import { repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAccount, buildCompany, buildContact, buildPiece, buildRep, giveConsent } from '../../test/builders.ts'
import { call, startTestServer, type TestServer } from '../../test/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())

async function buildAsked() {
  const repId = await buildRep(server)
  const accountId = await buildAccount(server)
  const externalUserId = await buildContact(server, repId, accountId)
  const contentItemId = await buildPiece(server, { class: 'consent', kind: 'article', product: '', ways: 'news' })
  const cookie = await server.signIn(repId)
  const show = (requestId: string = crypto.randomUUID(), by = cookie) =>
    call(server, by, repEndpoints.showInvitation, {
      ...{ requestId, externalUserId, contentItemId, entry: 'single_chat_tools' as const },
    })
  const sends = () =>
    server.db.selectFrom('send').select(['id', 'outcome']).where('externalUserId', '=', externalUserId).execute()
  return { repId, accountId, externalUserId, contentItemId, cookie, show, sends }
}

describe('an invitation shown in person', () => {
  test('goes through the gate once, and is the same link however often it is shown', async () => {
    const { show, sends } = await buildAsked()
    const requestId = crypto.randomUUID()
    const first = await Promise.all(Array.from({ length: 10 }, () => show(requestId)))
    const links = new Set(first.map(({ body }) => body.link))
    expect([...links]).toEqual([expect.stringMatching(/^http:\/\/vouch\.test\/l\/[\w-]{48}\?qr$/)])
    expect(links).toContain((await show()).body.link)
    expect(await sends()).toMatchObject([{ outcome: 'authorised' }])
  })

  test('is the one sent before, while it waits for its answer', async () => {
    const { cookie, externalUserId, contentItemId, show, sends } = await buildAsked()
    const asked = { requestId: crypto.randomUUID(), externalUserId, contentItemId, kind: 'news' as const }
    const { body } = await call(server, cookie, repEndpoints.authoriseSend, {
      ...{ ...asked, entry: 'single_chat_tools', again: false },
    })
    expect((await show()).body.link).toBe(`${body.message.news.link}?qr`)
    expect(await sends()).toHaveLength(1)
  })

  test('is not shown again to a doctor who said no: the gate says from when', async () => {
    const { accountId, show } = await buildAsked()
    await show()
    await giveConsent(server, accountId, 'declined', new Date(server.clock.at.getTime() + 1))
    server.clock.at = new Date(server.clock.at.getTime() + 1_000)
    expect((await show()).body).toMatchObject({
      ...{ outcome: 'refused', refusals: [{ reason: 'asked_again_too_soon' }] },
    })
  })

  test('of somebody else’s contact is refused, and shows no link of another rep', async () => {
    const { show } = await buildAsked()
    await show()
    const other = await server.signIn(await buildRep(server))
    const { status, body } = await show(crypto.randomUUID(), other)
    expect({ status, body }).toMatchObject({ status: 404, body: { error: 'contact_not_found' } })
    expect(JSON.stringify(body)).not.toContain('/l/')
  })
})
