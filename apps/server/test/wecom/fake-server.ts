import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type FakeCall = { path: string; query: URLSearchParams; body: Buffer }
/** `httpStatus` answers with that status; anything else is the body beside errcode and errmsg. */
type Answer = Record<string, unknown> & { httpStatus?: number }
type Follow = {
  userId: string
  externalUserId: string
  nickname: string
  remark: string
  unionId?: string
  addWay?: number
  createdAt?: number
}
export type FakeWeCom = Awaited<ReturnType<typeof startFakeWeCom>>

export const fakeCorp = { corpId: 'wwdemo0000000001', agentId: '1000002', secret: 'the-corp-secret-0123456789' }

/** A refusal with the variable tail that nobody may decide on. */
export const refuse = (errcode: number): Answer => ({
  errcode,
  errmsg: `refused, hint: [1], from ip: 192.0.2.4, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`,
})

function emptyState() {
  return {
    secret: fakeCorp.secret,
    tokens: new Set<string>(),
    tickets: { corp: [] as string[], agent: [] as string[] },
    expiresIn: 7200,
    latencyMs: 0,
    /** Status by userid in lower case. */
    members: new Map<string, number>(),
    follows: [] as Follow[],
    codes: new Map<string, Record<string, string | number>>(),
    /** Answered before anything else, one per call of that path. */
    faults: new Map<string, Answer[]>(),
    pageSize: 100,
    /** Members whose contacts are kept back for want of a licence. */
    unlicensed: [] as string[],
    /** Relations that lists leave out, as when they shift between two pages. */
    unlisted: new Set<string>(),
    now: () => Date.now(),
  }
}

/** WeCom over HTTP for the tests of our client, written from its documents (wecom-platform.md). */
export async function startFakeWeCom() {
  const state = emptyState()
  const calls: FakeCall[] = []
  const server = createServer((request, response) => {
    void readAll(request).then(async (body) => {
      const address = new URL(request.url ?? '/', 'http://fake')
      const call = { path: address.pathname.replace('/cgi-bin/', ''), query: address.searchParams, body }
      calls.push(call)
      const { httpStatus, ...told } = answer(state, call)
      if (state.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, state.latencyMs))
      const headers = {
        'content-type': 'application/json',
        ...(httpStatus === 302 ? { location: '/cgi-bin/elsewhere' } : {}),
      }
      response.writeHead(httpStatus ?? 200, headers)
      response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...told }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    calls,
    count: (path: string): number => calls.filter((call) => call.path === path).length,
    failNext: (path: string, ...answers: Answer[]): void => void state.faults.set(path, answers),
    /** As WeCom or an administrator does; the clients are not told. */
    revokeTokens: (): void => state.tokens.clear(),
    reset: (): void => {
      calls.length = 0
      Object.assign(state, emptyState(), { tokens: state.tokens, tickets: state.tickets })
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type State = ReturnType<typeof emptyState>

function answer(state: State, { path, query, body }: FakeCall): Answer {
  const fault = state.faults.get(path)?.shift()
  if (fault) return fault
  if (path === 'gettoken') return gettoken(state, query)
  if (!state.tokens.has(query.get('access_token') ?? '')) return refuse(40014)
  switch (path) {
    case 'get_jsapi_ticket':
      return query.has('type') ? refuse(91040) : ticket(state, 'corp')
    case 'ticket/get':
      return query.get('type') === 'agent_config' ? ticket(state, 'agent') : refuse(91040)
    case 'auth/getuserinfo':
      return getuserinfo(state, query.get('code') ?? '')
    case 'user/get':
      return getUser(state, query.get('userid') ?? '')
    case 'externalcontact/get':
      return getContact(state, query.get('external_userid') ?? '')
    case 'externalcontact/get_follow_user_list':
      return { follow_user: [...state.members].filter(([, status]) => status === 1).map(([userId]) => userId) }
    case 'externalcontact/batch/get_by_user':
      return batch(state, JSON.parse(body.toString()) as { userid_list: string[]; cursor: string })
    case 'media/upload':
      return {
        type: query.get('type'),
        media_id: `media-${randomBytes(6).toString('hex')}`,
        created_at: String(Math.floor(state.now() / 1000)),
      }
    case 'message/send':
      return { invaliduser: 'left.one', invalidparty: '', msgid: 'm1' }
    default:
      return { httpStatus: 404 }
  }
}

function gettoken(state: State, query: URLSearchParams): Answer {
  if (query.get('corpid') !== fakeCorp.corpId) return refuse(40013)
  if (query.get('corpsecret') !== state.secret) return refuse(40001)
  const token = `token-${randomBytes(20).toString('hex')}`
  state.tokens.add(token)
  return { access_token: token, expires_in: state.expiresIn }
}

function ticket(state: State, kind: 'corp' | 'agent'): Answer {
  const made = `${kind}-ticket-${randomBytes(20).toString('hex')}`
  state.tickets[kind].push(made)
  return { ticket: made, expires_in: state.expiresIn }
}

function getuserinfo(state: State, code: string): Answer {
  const person = state.codes.get(code)
  state.codes.delete(code)
  return person ?? refuse(40029)
}

function getUser(state: State, userId: string): Answer {
  const status = state.members.get(userId.toLowerCase())
  return status === undefined ? refuse(60111) : { userid: userId, status }
}

function getContact(state: State, externalUserId: string): Answer {
  const follows = state.follows.filter((follow) => follow.externalUserId === externalUserId)
  if (follows.length === 0) return refuse(84061)
  return {
    external_contact: { external_userid: externalUserId, ...personOf(follows[0]!) },
    follow_user: follows.map((follow) => ({ ...followOf(follow), tags: [] })),
  }
}

function batch(state: State, { userid_list, cursor }: { userid_list: string[]; cursor: string }): Answer {
  const asked = new Set(userid_list.map((userId) => userId.toLowerCase()))
  const told = state.follows.filter(({ userId }) => asked.has(userId.toLowerCase()))
  const follows = told.filter(
    ({ userId, externalUserId }) => !state.unlicensed.includes(userId) && !state.unlisted.has(externalUserId),
  )
  const from = Number(cursor || '0')
  const until = from + state.pageSize
  return {
    external_contact_list: follows.slice(from, until).map((follow) => ({
      external_contact: { external_userid: follow.externalUserId, ...personOf(follow) },
      follow_info: { ...followOf(follow), tag_id: [] },
    })),
    next_cursor: until < follows.length ? String(until) : '',
    fail_info: { unlicensed_userid_list: state.unlicensed.filter((userId) => asked.has(userId)) },
  }
}

const personOf = ({ nickname, unionId }: Follow) => ({
  name: nickname,
  type: 1,
  ...(unionId ? { unionid: unionId } : {}),
})
const followOf = ({ userId, remark, addWay, createdAt }: Follow) => ({
  ...{ userid: userId, remark },
  ...(addWay === undefined ? {} : { add_way: addWay }),
  ...(createdAt === undefined ? {} : { createtime: createdAt }),
})

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
