import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Cast } from '../src/cast.ts'
import { readConfig } from '../src/config.ts'
import type { Contact, Follow, Member } from '../src/store.ts'
import { createSimulator, type Simulator } from '../src/simulator.ts'
import { answerApi } from '../src/wecom/api.ts'

export const secret = 'a-secret-of-the-test'
export const aesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'

export type Clock = { ms: number }

/** A corp of four members and three contacts, with a clock the test moves. */
export function buildSimulator(env: Record<string, string> = {}, clock: Clock = { ms: 1_800_000_000_000 }): Simulator {
  const config = readConfig({ WECOM_AGENT_SECRET: secret, ...env }, 'no-stage')
  return createSimulator(config, buildCast(), () => clock.ms)
}

export function buildCast(): Cast {
  return {
    company: '示例药业',
    companyEn: 'Example Pharma',
    members: [
      buildMember('wanglei', '王磊'),
      buildMember('lina', '李娜'),
      { ...buildMember('guest', '访客'), inRange: false, servesContacts: false },
      { ...buildMember('liuyang-left', '刘洋'), status: 'deleted' },
    ],
    contacts: [
      buildContact('wmDemoZhangWei', '张伟'),
      buildContact('wmDemoLiMin', '李敏'),
      buildContact('wmDemoAlone', '无人'),
    ],
    follows: [
      buildFollow('wanglei', 'wmDemoZhangWei'),
      buildFollow('wanglei', 'wmDemoLiMin'),
      buildFollow('lina', 'wmDemoZhangWei'),
    ],
    chats: [],
  }
}

export function buildMember(userid: string, name: string): Member {
  return {
    userid,
    name,
    nameEn: userid,
    position: '医药代表',
    roles: ['rep'],
    status: 'active',
    inRange: true,
    servesContacts: true,
  }
}

function buildContact(externalUserid: string, name: string): Contact {
  return { externalUserid, name, gender: 0, hue: 10, shownAs: null }
}

function buildFollow(userid: string, externalUserid: string): Follow {
  return {
    userid,
    externalUserid,
    remark: '',
    description: '',
    remarkCompany: '',
    remarkMobiles: [],
    createtime: 1_700_000_000,
    addWay: 1,
    state: '',
    half: false,
    visibleFrom: 0,
    deletedBy: null,
  }
}

export type Answer = Record<string, unknown>

/** Calls the API as a client would; a body makes it a POST. */
export async function callApi(
  simulator: Simulator,
  path: string,
  query: Record<string, string> = {},
  body?: unknown,
  ip = '10.0.0.1',
): Promise<Answer> {
  const answer = await answerApi(simulator, {
    method: body === undefined ? 'GET' : 'POST',
    path: `/cgi-bin/${path}`,
    query: new URLSearchParams(query),
    body: body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
    contentType: 'application/json',
    ip,
  })
  return answer as Answer
}

export async function getToken(simulator: Simulator): Promise<string> {
  const answer = await callApi(simulator, 'gettoken', { corpid: simulator.config.corpId, corpsecret: secret })
  return String(answer['access_token'])
}

/** A server on a free port. */
export async function serve(listener: RequestListener): Promise<{ port: number; url: string; close: () => void }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  return { port, url: `http://localhost:${port}`, close: () => (server.closeAllConnections(), server.close()) }
}

/** Ports nobody listens on right now. */
export async function freePorts(count: number): Promise<string[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => serve(() => undefined)))
  for (const server of servers) server.close()
  return servers.map((server) => String(server.port))
}
