import { localEndpoints } from '@vouch/contract'
import { Secret, TOTP } from 'otpauth'
import { inviteLocal } from '../src/people/local/invite-local.ts'
import { call, type Answer, type TestServer } from './test-server.ts'

export const localPassword = '蓝鲸 ate 17 green clouds'

/** What an authenticator app shows now. */
export const codeOf = (server: TestServer, secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: server.clock.at.getTime() })

/** The value of a cookie that an answer sets, as a browser sends it back. */
export const cookieOf = (answer: Answer, name = '__Host-vouch_console='): string =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .find((one) => one.startsWith(name)) ?? ''

/** A local administrator who has just set up their login, half a minute ago. */
export async function buildLocal(server: TestServer, name: string) {
  const { token } = (await inviteLocal(server.deps, { role: 'system_admin' }))!
  const { secret } = (await call(server, '', localEndpoints.lookAtInvite, { token })).body as { secret: string }
  const asked = { token, name, password: localPassword, code: codeOf(server, secret) }
  const done = await call(server, '', localEndpoints.setUpLocal, asked)
  server.clock.at = new Date(server.clock.at.getTime() + 30_000)
  const { personId } = await server.owner
    .selectFrom('localLogin')
    .select('personId')
    .where('nameKey', '=', name.toLowerCase())
    .executeTakeFirstOrThrow()
  return { token, name, secret, personId, cookie: cookieOf(done), codes: done.body.recoveryCodes as string[] }
}
