/** Who a one-time OAuth code stands for (wecom-platform.md 2.1). */
export type Visitor =
  | { kind: 'member'; userId: string }
  | { kind: 'contact'; externalUserId: string; openId: string }
  | { kind: 'stranger'; openId: string }
  /** A snapshot page stands in for somebody; it is never evidence of anybody, whatever else came with it. */
  | { kind: 'snapshot' }

export type FollowProof = 'following' | 'not_following'

/** WeCom in its own words; no rules in it. Every call has a time limit and throws `wecom_unavailable` when WeCom fails. */
export type WeCom = {
  /** Address of silent OAuth (`snsapi_base`) that comes back to `returnTo` with code and state. */
  oauthUrl: (asked: { returnTo: string; state: string }) => string
  /** Address of the web login for desktop browsers (wecom-platform.md 2.3). */
  loginUrl: (asked: { returnTo: string; state: string }) => string
  /** Spends a code. Undefined when the code is bad, expired or used (40029, 42003, 42022). */
  visitorOfCode: (code: string) => Promise<Visitor | undefined>
  /** Both JS-SDK signatures of a page address without its hash, from the shared cached tickets. */
  sign: (url: string) => Promise<{ corp: JsSignature; agent: JsSignature }>
  /** Is the member still with the company: false when WeCom does not know them or they are disabled. */
  isEmployed: (userId: string) => Promise<boolean>
  /** Who a user id stands for. */
  findMember: (userId: string) => Promise<Member>
  /** Members who have the contact feature and are in our app's range. */
  servingMembers: () => Promise<string[]>
  /** A page of the contacts of at most 100 members. */
  contactsPage: (asked: { userIds: readonly string[]; cursor: string }) => Promise<ContactsPage>
  /** Who follows this contact; undefined when the contact is unknown to WeCom (84061 may pass by itself). */
  findContact: (externalUserId: string) => Promise<(ContactPerson & { followers: FollowedContact[] }) | undefined>
  /** Uploads a temporary file (3 days); throws AppError `bad_request` when WeCom refuses the file itself. */
  upload: (file: {
    kind: 'file' | 'image' | 'video'
    name: string
    mime: string
    bytes: Buffer
  }) => Promise<{ mediaId: string; createdAt: Date }>
  /** App message to at most 1,000 members, shown as a card that opens `url`. Names those WeCom could not reach. */
  tell: (message: { userIds: string[]; title: string; text: string; url: string }) => Promise<{ unknown: string[] }>
  /** Says hello to somebody who was added less than 20 s ago; WeCom takes it once. */
  sendWelcome: (said: { code: string; text: string; card: WelcomeCard | null }) => Promise<WelcomeOutcome>
  /** Makes a code by which reps are added. Not twice the same: ask `contactWaysOf` first when an answer was lost. */
  addContactWay: (wanted: WantedWay) => Promise<MadeWay>
  /** Null when WeCom says that it has none under this id. */
  contactWay: (configId: string) => Promise<KnownWay | null>
  /** Ids of codes made within this time; temporary ones are never among them. */
  contactWaysMade: (from: Date, until: Date) => Promise<string[]>
  updateContactWay: (configId: string, wanted: WantedWay) => Promise<WayOutcome>
  /** Also when it was gone before. */
  removeContactWay: (configId: string) => Promise<WayOutcome>
  /** The picture of a code, from where WeCom keeps it. Throws `wecom_unavailable` for anything that is no picture. */
  fetchPicture: (address: string) => Promise<Buffer>
  /** Fetches token and tickets that are about to end, ahead of need. */
  refreshAhead: () => Promise<void>
}

/** A member as far as our app may know; those outside its range exist and are not told. */
export type Member =
  | { outcome: 'found'; userId: string; name: string; employed: boolean }
  | { outcome: 'unknown_to_wecom' }
  | { outcome: 'out_of_range' }

/** The person; `unionId` is told only of WeChat contacts of a company that has bound a WeChat account. */
/** `company` is told of members of another company alone. */
type ContactPerson = { nickname: string; unionId?: string; kind?: 'wechat' | 'wecom'; company?: string }
/** The relation with one member. */
export type FollowedContact = {
  userId: string
  remark: string
  /** Where the contact works, as the member noted it. */
  remarkCompany?: string
  beganAt?: Date
  addWay?: number
  scanState?: string
}

export type ContactsPage =
  | {
      outcome: 'page'
      contacts: (ContactPerson & FollowedContact & { externalUserId: string })[]
      /** Empty on the last page. */
      next: string
      /** Members whose contacts WeCom does not tell for want of a licence. */
      unlicensed: string[]
    }
  /** The one member asked about has no contacts. */
  | { outcome: 'none' }
  /** One of them is unknown, out of range or without the feature; WeCom does not say which. */
  | { outcome: 'member_refused' }
  /** The cursor is too old; the same members are to be read from their beginning. */
  | { outcome: 'cursor_refused' }

export type WelcomeCard = { title: string; desc: string; picture: string; link: string }
export type WelcomeOutcome =
  | { outcome: 'sent' }
  /** A welcome was delivered, by whomever, or the chat has begun (41051). */
  | { outcome: 'already' }
  /** The code is invented, or older than 20 s (41050). */
  | { outcome: 'expired' }
  /** Another app of the company is at it this moment (41096): worth another try. */
  | { outcome: 'elsewhere' }
  | { outcome: 'refused'; errcode: number }

/** A code as it is to be (wecom-platform.md 3.4). `style` is of a button in a mini program; null asks for a QR code. */
export type WantedWay = {
  note: string
  scanState: string
  userIds: readonly string[]
  skipVerify: boolean
  style: number | null
  temporary: { codeSeconds: number; chatSeconds: number } | null
}
export type KnownWay = { configId: string; userIds: string[]; scanState: string; note: string; picture: string }
export type MadeWay = { outcome: 'made'; configId: string; picture: string } | WayRefused
export type WayOutcome = { outcome: 'done' } | WayRefused
/** WeCom will not, and asking again changes nothing by itself. */
export type WayRefused = { outcome: 'refused'; errcode: number }

export type JsSignature = { timestamp: number; nonceStr: string; signature: string }
