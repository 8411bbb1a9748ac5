import type { KnownWay, Visitor, WeCom } from '../src/wecom/wecom.ts'

/** The smallest PNG there is. */
const aPicture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
)

/** WeCom in memory for the server's tests: says what the test told it to say and counts how often it was asked. */
export function createToldWeCom() {
  const told = {
    codes: new Map<string, Visitor>(),
    left: new Set<string>(),
    /** Members by user id; those in `unseen` are outside the app's range. */
    members: new Map<string, string>(),
    unseen: new Set<string>(),
    contacts: new Map<string, { nickname: string; followers: { userId: string; remark: string }[] }>(),
    calls: [] as string[],
    /** App messages that arrived, and members WeCom cannot reach. */
    messages: [] as Parameters<WeCom['tell']>[0][],
    unreachable: new Set<string>(),
    welcomes: [] as Parameters<WeCom['sendWelcome']>[0][],
    ways: new Map<string, KnownWay & { madeAt: number }>(),
    /** Why WeCom makes no code, by errcode. */
    noWays: null as number | null,
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
    findMember: async (userId) => {
      asked('findMember')
      if (told.unseen.has(userId)) return { outcome: 'out_of_range' }
      const name = told.members.get(userId)
      return name === undefined
        ? { outcome: 'unknown_to_wecom' }
        : { outcome: 'found', userId, name, employed: !told.left.has(userId) }
    },
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
    sendWelcome: async (said) => {
      asked('sendWelcome')
      if (told.welcomes.some(({ code }) => code === said.code)) return { outcome: 'already' }
      told.welcomes.push(said)
      return { outcome: 'sent' }
    },
    addContactWay: async ({ note, scanState, userIds }) => {
      asked('addContactWay')
      if (told.noWays !== null) return { outcome: 'refused', errcode: told.noWays }
      const configId = `way-${crypto.randomUUID()}`
      const picture = `http://wecom.test/${configId}.png`
      told.ways.set(configId, { configId, note, scanState, userIds: [...userIds], picture, madeAt: Date.now() })
      return { outcome: 'made', configId, picture }
    },
    contactWay: async (configId) => (asked('contactWay'), told.ways.get(configId) ?? null),
    contactWaysMade: async () => (asked('contactWaysMade'), [...told.ways.keys()]),
    updateContactWay: async (configId, { note, userIds }) => {
      asked('updateContactWay')
      const way = told.ways.get(configId)
      if (!way) return { outcome: 'refused', errcode: 40035 }
      Object.assign(way, { note, userIds: [...userIds] })
      return { outcome: 'done' }
    },
    removeContactWay: async (configId) => {
      asked('removeContactWay')
      told.ways.delete(configId)
      return { outcome: 'done' }
    },
    fetchPicture: async () => (asked('fetchPicture'), aPicture),
    refreshAhead: async () => asked('refreshAhead'),
  }
  return { wecom, told }
}
