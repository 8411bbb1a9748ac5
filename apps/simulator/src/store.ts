import type { Cast } from './cast.ts'
import { usualSwitches, type Session, type Switches } from './session.ts'

export type MemberStatus = 'active' | 'disabled' | 'exited' | 'deleted'

/** A member of the corp; `userid` compares case-insensitively (wecom-platform.md 2.2). */
export type Member = {
  userid: string
  name: string
  nameEn: string
  position: string
  roles: string[]
  status: MemberStatus
  /** Inside the app's visible range. */
  inRange: boolean
  /** Has the customer-contact feature. */
  servesContacts: boolean
}

/** A doctor as WeCom knows them, plus what the stage may write over the painted chat. */
export type Contact = {
  externalUserid: string
  name: string
  gender: 0 | 1 | 2
  hue: number
  shownAs: { name: string; nameEn: string; title: string; hospital: string; department: string } | null
}

/** One relation between a member and a contact; times in seconds as WeCom gives them. */
export type Follow = {
  userid: string
  externalUserid: string
  remark: string
  description: string
  remarkCompany: string
  remarkMobiles: string[]
  createtime: number
  addWay: number
  state: string
  half: boolean
  /** Virtual milliseconds before which reads answer 84061, as the real one does right after an add. */
  visibleFrom: number
  deletedBy: 'rep' | 'contact' | null
}

/** A "Contact Me" code; times in ms. */
export type ContactWay = {
  configId: string
  type: 1 | 2
  scene: 1 | 2
  style: number | null
  remark: string
  state: string
  skipVerify: boolean
  users: string[]
  temporary: boolean
  codeSeconds: number
  chatSeconds: number
  /** A temporary code dies with the first who is added by it. */
  usedBy: string | null
  createdAt: number
}

/** A customer on the way from one member to another; times in seconds. */
export type Transfer = {
  from: string
  to: string
  externalUserid: string
  /** Of somebody who left the company. */
  resigned: boolean
  askedAt: number
  /** When it happens, unless the customer refuses before. */
  dueAt: number
  /** As `transfer_result` says it: 1 done, 2 waiting, 3 refused, 4 the taker has too many. */
  status: 1 | 2 | 3 | 4
}

/** A line of a painted chat. `body` is the message object as the client took it. */
export type ChatEntry = {
  id: string
  userid: string
  externalUserid: string
  from: 'rep' | 'hcp' | 'system'
  at: number
  msgtype: string
  body: Record<string, unknown>
}

export type MediaKind = 'image' | 'voice' | 'video' | 'file'
export type Media = {
  kind: MediaKind
  name: string
  createdAt: number
  md5: string | null
  bytes: Buffer | null
  mime: string
}

/** An app message a member received. */
export type Notice = {
  id: string
  userid: string
  at: number
  msgtype: string
  body: Record<string, unknown>
  recalled: boolean
}

export type OauthCode = { identity: Identity; createdAt: number; used: boolean; scope: string }

/** Who stands behind a code: a member, or a person in WeChat with or without a customer relation. */
export type Identity =
  | { kind: 'member'; userid: string }
  | { kind: 'wechat'; openid: string; externalUserid: string | null; snapshot: boolean }

export type PageIdentity = { fields: Record<string, string>; jsApiList: string[]; app: boolean }
export type PendingSend = { pageId: string; message: Record<string, unknown> }

export type Store = {
  members: Map<string, Member>
  contacts: Map<string, Contact>
  follows: Follow[]
  transfers: Transfer[]
  chats: ChatEntry[]
  notices: Notice[]
  session: Session
  switches: Switches
  welcomeCodes: Map<string, { userid: string; externalUserid: string; createdAt: number; used: boolean }>
  pages: Map<string, PageIdentity>
  pendingSends: Map<string, PendingSend>
}

/** What outlives a reset: things the product may have cached and would miss without reason. */
export type Vault = {
  issued: Map<string, { value: string; issuedAt: number }>
  revokedUntil: number
  media: Map<string, Media>
  codes: Map<string, OauthCode>
  tickets: Map<string, { userid: string; createdAt: number }>
  counters: Map<string, { from: number; count: number; blockedUntil: number }>
  sentNotices: Map<string, number>
  ways: Map<string, ContactWay>
  /** How often codes were scanned: members take turns. */
  scans: number
}

/** A fresh corp as the cast describes it, at that moment (ms). */
export function createStore(cast: Cast, nowMs: number): Store {
  const first = cast.members.find((member) => member.servesContacts)
  const follow = cast.follows.find((one) => one.userid === first?.userid)
  return {
    members: new Map(cast.members.map((member) => [member.userid.toLowerCase(), { ...member }])),
    contacts: new Map(cast.contacts.map((contact) => [contact.externalUserid, { ...contact }])),
    follows: cast.follows.map((one) => ({ ...one, remarkMobiles: [...one.remarkMobiles] })),
    transfers: [],
    chats: cast.chats.map((entry, index) => ({ ...entry, id: `cast-${index}`, at: nowMs + entry.at })),
    notices: [],
    session: {
      scenario: 'normal',
      rep: first?.userid ?? '',
      hcp: follow?.externalUserid ?? '',
      visitor: { kind: 'doctor', id: null },
      entry: 'single_chat_tools',
      platform: 'android',
      language: 'zh-CN',
      repNetwork: 'normal',
      hcpNetwork: 'normal',
      networkAfterLoad: null,
    },
    switches: { ...usualSwitches },
    welcomeCodes: new Map(),
    pages: new Map(),
    pendingSends: new Map(),
  }
}

export function createVault(): Vault {
  return {
    issued: new Map(),
    revokedUntil: 0,
    media: new Map(),
    codes: new Map(),
    tickets: new Map(),
    counters: new Map(),
    sentNotices: new Map(),
    ways: new Map(),
    scans: 0,
  }
}
