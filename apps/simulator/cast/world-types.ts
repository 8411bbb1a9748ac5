/**
 * The shape of the demo world: one invented company, its people, doctors, consents and pieces.
 * Plain data only, so that `world.json` is this and nothing else. Every moment is a `When`, resolved by who loads it.
 */

/**
 * A moment relative to the moment of loading ("now"), in Shanghai wall time (always UTC+8).
 *
 * - `{ days: -30 }`: now plus that many days of 24 hours; `hours` and `minutes` are added likewise.
 * - `{ days: -30, at: '09:30' }`: the Shanghai day of that moment, at that wall time (`hours` and `minutes` are ignored).
 * - `{ thisMonth: 2, of: 4 }`: the 2nd of 4 moments spread evenly between the start of the current Shanghai month and now,
 *   both ends excluded: `start + (now - start) * n / (of + 1)`; `of` is 4 when left out. A moment that falls on a day before
 *   today is drawn into working hours: `start of its day + 9 h + (time into its day) * 9 / 24`. So it is in this month and
 *   before now on any day, even on the 1st at 00:30, and earlier ones stay earlier.
 */
export type When = { days: number; hours?: number; minutes?: number; at?: string } | { thisMonth: number; of?: number }

export type Role =
  | 'rep'
  | 'author'
  | 'medical'
  | 'legal'
  | 'compliance'
  | 'compliance_officer'
  | 'manager'
  | 'auditor'
  | 'system_admin'
  | 'security_admin'

export type Named = { code: string; name: string; nameEn: string }

export type Company = {
  name: string
  nameEn: string
  /** WeCom corp id and agent id of the self-built app. */
  corpId: string
  agentId: number
  address: string
  /** Where doctors report adverse reactions. */
  safetyPhone: string
  safetyEmail: string
}

/** `reps` by `Person.wecomUserId`. */
export type RepGroup = Named & { reps: string[] }

export type Hospital = Named & { city: string; level: string; territory: string; aliases: string[] }

/** Filing of the rep with the authority; nobody without one may send. */
export type Entitlement = {
  filingNumber: string | null
  filedUntil: When | null
  products: string[]
  territories: string[]
}

export type Person = {
  wecomUserId: string
  name: string
  nameEn: string
  roles: Role[]
  status: 'active' | 'left'
  leftAt?: When
  mobile: string
  position: string
  /** Only for reps and managers (a manager's territories are what they may look at). */
  entitled: Entitlement | null
  /** For roles that end by themselves (auditor). */
  roleUntil?: When
}

export type DoctorTitle = '住院医师' | '主治医师' | '副主任医师' | '主任医师'

/** The company's record of a doctor. */
export type Account = {
  id: string
  name: string
  /** How the name is written in Latin letters. */
  nameEn: string
  title: DoctorTitle
  /** Post in the department, such as 科主任. */
  post?: string
  /** `Hospital.code` */
  hospital: string
  department: string
  /** `World.specialties[].code` */
  specialty: string
  /** `World.territories[].code` */
  territory: string
  hcpVerified: boolean
  licenceNumber: string | null
  active: boolean
  /** The doctor's own wish to receive nothing until then. */
  pausedUntil?: When
}

export type Follow = {
  /** `Person.wecomUserId` */
  rep: string
  remark: string
  followedAt: When
  /** WeCom's add_way (wecom-platform.md 3.2). */
  addWay: number
  /** The QR code's state, when added by one. */
  state?: string
}

/** A doctor as WeCom knows them. */
export type Contact = {
  externalUserId: string
  nickname: string
  /** 0 to 359; the simulator draws the avatar in that hue. */
  avatarHue: number
  /** 0 unknown, 1 male, 2 female */
  gender: 0 | 1 | 2
  /** The matched account, null as long as nobody matched it. */
  accountId: string | null
  matchedBy?: { person: string; at: When }
  follows: Follow[]
}

export type ConsentPurpose = 'receive' | 'reading_record' | 'archive'
export type ConsentStatement = 'opted_in' | 'declined' | 'opted_out'

export type ConsentText = {
  /** One sequence over all purposes. */
  version: number
  purpose: ConsentPurpose
  language: 'zh-CN' | 'en-US'
  title: string
  /** What the doctor sees on one screen. */
  summary: string[]
  /** The full text; paragraphs are separated by an empty line, `## ` opens a heading. */
  body: string
  /** True when consents to earlier versions no longer count. */
  materialChange: boolean
  /** Null: a draft. */
  activeFrom: When | null
  author: string
  approvals: Approval[]
}

/** One captured statement of a doctor's will; the newest of a purpose wins. */
export type ConsentRow = {
  accountId: string
  purpose: ConsentPurpose
  statement: ConsentStatement
  textVersion: number
  language: 'zh-CN' | 'en-US'
  statedAt: When
  channel: 'link' | 'qr_in_person' | 'paper' | 'import'
  evidence: {
    /** How it was known that this was the doctor. */
    identity: 'wechat_oauth' | 'in_person' | 'paper_scan' | 'earlier_system'
    externalUserId?: string
    /** The rep in whose chat or presence it was given. */
    rep?: string
    /** Class of browser, never more: WeChat on iOS. */
    browser?: string
    /** Second person, for paper. */
    confirmedBy?: string
    note?: string
  }
}

export type ContentKind = 'document' | 'image' | 'video' | 'article' | 'phrase' | 'script'
export type ContentClass = 'promotional' | 'scientific' | 'non_promotional' | 'consent'
export type ContentState = 'draft' | 'in_review' | 'approved' | 'expired' | 'withdrawn' | 'superseded'
export type TravelKind = 'news' | 'file' | 'image' | 'video' | 'text' | 'miniprogram'

export type Approval = {
  person: string
  /** The function in which the person signed. */
  role: 'medical' | 'legal' | 'compliance'
  /** What the signature says. */
  meaning: string
  decision: 'approved' | 'returned'
  at: When
}

/** A content item: one version of a document. */
export type Piece = {
  documentId: string
  version: number
  title: string
  /** What people in the field call it. */
  shortTitle: string
  aliases: string[]
  cardTitle: string
  cardDesc: string
  kind: ContentKind
  class: ContentClass
  /** `World.products[].code`; empty string for pieces about no product. */
  product: string
  market: string
  language: 'zh-CN' | 'en-US'
  /** Specialty codes; empty means all. */
  audience: string[]
  approvalNumber: string | null
  state: ContentState
  createdAt: When
  effectiveAt: When | null
  expiresAt: When | null
  withdrawn?: { at: When; reason: string; by: string; /** documentId of what to use instead */ successor?: string }
  /** How it may travel, as approved; the first is the default. */
  kinds: TravelKind[]
  /** Doctors may pass it on to colleagues. */
  mayForward: boolean
  /** `Person.wecomUserId` */
  owner: string
  /** Signatures so far, and how many are needed. */
  approvals: Approval[]
  approvalsNeeded: number
  /** File under `cast/sources/`, from which the build makes the file; null for a piece that is only text. */
  source: string | null
  /** For phrases: the text, with the placeholders {doctor} and {rep}. */
  text?: string
  /** For a film: what is said or shown in it, as WebVTT in the piece's language. */
  captions?: string
  /** For scripts: the documents that are sent one after the other. */
  pieces?: string[]
  /** Declared page count of documents (and sections of articles); the build checks it. */
  pages?: number
}

/** Letters of assurance.md 2.2; K, C, F come with H; O needs A. */
export type FactLetter = 'A' | 'H' | 'K' | 'C' | 'F' | 'O' | 'R+' | 'R-'

export type PastSend = {
  id: string
  rep: string
  externalUserId: string
  documentId: string
  version: number
  kind: TravelKind
  /** When it was authorised. H follows 1 s later, K, C or F 3 s later. */
  at: When
  facts: FactLetter[]
  /** With F: WeCom's error text. */
  failure?: string
  openedAfterMinutes?: number
  /** Pages read and time, only of doctors who agreed to the reading record. */
  readPages?: number
  readSeconds?: number
  /**
   * The send belongs to the world only when this moment lies before the current Shanghai month. It stands in for a send
   * at that moment, so that a doctor's number of sends this month is the same on every day of the month.
   */
  onlyIfBeforeThisMonth?: When
}

/** A send that was refused: recorded and audited, never a send. */
export type PastRefusal = {
  rep: string
  externalUserId: string
  documentId: string
  version: number
  kind: TravelKind
  at: When
  /** Reasons in the product's words, such as `not_opted_in`. */
  reasons: string[]
}

export type World = {
  company: Company
  territories: Named[]
  specialties: Named[]
  products: Named[]
  repGroups: RepGroup[]
  hospitals: Hospital[]
  people: Person[]
  accounts: Account[]
  contacts: Contact[]
  consentTexts: ConsentText[]
  consents: ConsentRow[]
  content: Piece[]
  pastSends: PastSend[]
  pastRefusals: PastRefusal[]
  /** Settings that differ from the defaults of design.md section 7; none in the demo. */
  policy: Record<string, number | string | null>
  /** The doctor asked for this piece. */
  asks: { externalUserId: string; rep: string; documentId: string; at: When; note: string }[]
  favourites: { rep: string; documentId: string }[]
}

/** A file the build made; `name` is relative to the `files/` folder beside world.json. */
export type BuiltFile = {
  name: string
  /** Name as the doctor sees it when it travels as a file. */
  fileName: string
  mime: string
  bytes: number
  sha256: string
}

/** The approved picture of a link card, as if public. */
export type BuiltPiece = Piece & { file: BuiltFile | null; card: BuiltFile | null }

/** What `world.json` holds. `fingerprint` changes when anything in it changes. */
export type BuiltWorld = Omit<World, 'content'> & { fingerprint: string; content: BuiltPiece[] }
