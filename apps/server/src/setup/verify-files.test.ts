import { checkEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCompany } from '../../test/builders.ts'
import { buildColleague, type Colleague } from '../../test/office.ts'
import { call, startTestServer, type TestServer } from '../../test/test-server.ts'

let server: TestServer
let admin: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  admin = await buildColleague(server, 'system_admin')
})
afterAll(() => server.stop())

const verifyName = 'WW_verify_AbC123dEf456GhI7.txt'
const asked = { verifyName, verifyText: 'AbC123dEf456GhI7', reason: '校验域名' }
const save = (change: Partial<typeof asked> = {}, cookie = admin.cookie) =>
  call(server, cookie, checkEndpoints.saveVerifyFile, { ...asked, ...change })
const entries = (event: string) =>
  server.owner.selectFrom('auditEntry').selectAll().where('event', '=', event).orderBy('id').execute()
/** Past the time in which what was asked before is still told. */
const fetchFile = async (name = verifyName) => {
  server.clock.at = new Date(server.clock.at.getTime() + 3_000)
  const answer = await fetch(`${server.url}/${name}`, { redirect: 'manual' })
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
}

describe('the file that proves our domain', () => {
  it('is at the root as soon as it is set, as plain text and nothing else', async () => {
    expect((await fetchFile()).status).toBe(404)
    expect((await save()).body).toEqual({ outcome: 'done' })
    expect(await fetchFile()).toEqual({ status: 200, type: 'text/plain; charset=utf-8', text: 'AbC123dEf456GhI7' })
    expect((await save()).body).toEqual({ outcome: 'already' })
    expect(await entries('verify_file.set')).toMatchObject([
      { actorKind: 'admin', actorId: admin.id, subjectId: verifyName, reason: '校验域名' },
    ])
    const { body } = await call(server, admin.cookie, checkEndpoints.listChecks, {})
    expect(body.verifyFiles).toMatchObject([{ verifyName, fromSettings: false, setBy: 'system_admin' }])
  })

  it('set ten times at once is one change and one entry', async () => {
    const before = (await entries('verify_file.set')).length
    const answers = await Promise.all(Array.from({ length: 10 }, () => save({ verifyText: 'XyZ987654321' })))
    expect(answers.filter(({ body }) => body.outcome === 'done')).toHaveLength(1)
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect((await entries('verify_file.set')).length).toBe(before + 1)
    expect((await fetchFile()).text).toBe('XyZ987654321')
  })

  it.each([
    { says: 'a name with a path', change: { verifyName: '../WW_verify_AbC123dEf456.txt' } },
    { says: 'a name of something else', change: { verifyName: 'index.html' } },
    { says: 'a page', change: { verifyText: '<script>alert(1)</script>' } },
    { says: 'an empty text', change: { verifyText: '' } },
    { says: 'a reason of one letter', change: { reason: 'x' } },
  ])('is refused as $says', async ({ change }) => {
    expect(await save(change)).toMatchObject({
      status: 400,
      body: { error: 'bad_request', field: Object.keys(change)[0] },
    })
  })

  it('is nobody else’s to set or remove', async () => {
    const { cookie } = await buildColleague(server, 'security_admin', 'compliance_officer')
    expect((await save({}, cookie)).body.error).toBe('wrong_role')
    const removal = await call(server, cookie, checkEndpoints.removeVerifyFile, { verifyName, reason: '不要了' })
    expect(removal.body.error).toBe('wrong_role')
  })

  it('is gone once it is removed, with what it held on record', async () => {
    const remove = () => call(server, admin.cookie, checkEndpoints.removeVerifyFile, { verifyName, reason: '换了域名' })
    expect((await remove()).body).toEqual({ outcome: 'done' })
    expect((await remove()).body).toEqual({ outcome: 'already' })
    expect((await fetchFile()).status).toBe(404)
    expect(await entries('verify_file.removed')).toMatchObject([{ detail: { before: 'XyZ987654321', after: null } }])
  })

  it('of the environment is served without a database, and cannot be removed', async () => {
    Object.assign(server.deps.config, { WECOM_VERIFY_NAME: verifyName, WECOM_VERIFY_TEXT: 'FromSettings1' })
    expect((await fetchFile()).text).toBe('FromSettings1')
    const { body } = await call(server, admin.cookie, checkEndpoints.listChecks, {})
    expect(body.verifyFiles).toMatchObject([{ verifyName, fromSettings: true, setAt: null }])
  })
})
