import type { Visitor, WeCom } from '../src/wecom/wecom.ts'

/** WeCom in memory for the server's tests: says what the test told it to say and counts how often it was asked. */
export function createToldWeCom() {
  const told = {
    codes: new Map<string, Visitor>(),
    left: new Set<string>(),
    contacts: new Map<string, { nickname: string; followers: { userId: string; remark: string }[] }>(),
    calls: [] as string[],
    /** App messages that arrived, and members WeCom cannot reach. */
    messages: [] as Parameters<WeCom['tell']>[0][],
    unreachable: new Set<string>(),
    down: false,
  }
  const asked = (name: string) => {
    told.calls.push(name)
    if (told.down) throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' })
  }
  const signature = { timestamp: 1, nonceStr: 'nonce', signature: 'signature' }
  const wecom: WeCom = {
    oauthUrl: ({ returnTo, state }) =>
      `http://wecom.test/oauth?redirect_uri=${encodeURIComponent(returnTo)}&state=${state}`,
    loginUrl: ({ returnTo, state }) =>
      `http://wecom.test/login?redirect_uri=${encodeURIComponent(returnTo)}&state=${state}`,
    visitorOfCode: async (code) => {
      asked('visitorOfCode')
      const visitor = told.codes.get(code)
      told.codes.delete(code)
      return visitor
    },
    sign: async () => (asked('sign'), { corp: signature, agent: signature }),
    isEmployed: async (userId) => (asked('isEmployed'), !told.left.has(userId)),
    servingMembers: async () => {
      asked('servingMembers')
      return [...new Set([...told.contacts.values()].flatMap(({ followers }) => followers.map(({ userId }) => userId)))]
    },
    contactsPage: async ({ userIds }) => {
      asked('contactsPage')
      const contacts = [...told.contacts].flatMap(([externalUserId, { nickname, followers }]) =>
        followers
          .filter((follower) => userIds.includes(follower.userId.toLowerCase()))
          .map((follower) => ({ ...follower, externalUserId, nickname })),
      )
      return { outcome: 'page', contacts, next: '', unlicensed: [] }
    },
    findContact: async (externalUserId) => (asked('findContact'), told.contacts.get(externalUserId)),
    upload: async () => (asked('upload'), { mediaId: 'media-1', createdAt: new Date() }),
    tell: async (message) => {
      asked('tell')
      const unknown = message.userIds.filter((userId) => told.unreachable.has(userId))
      if (unknown.length < message.userIds.length) told.messages.push(message)
      return { unknown }
    },
    refreshAhead: async () => asked('refreshAhead'),
  }
  return { wecom, told }
}
