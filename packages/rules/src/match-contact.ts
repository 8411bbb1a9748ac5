/** What may speak for a contact being an account, the most telling first. */
export const matchReasons = [
  'office_named',
  'known_elsewhere',
  'name_in_remark',
  'name_as_member',
  'name_in_nickname',
  'sounds_alike',
  'surname',
  'hospital',
  'department',
  'own_territory',
] as const
export type MatchReason = (typeof matchReasons)[number]

/** When a match counts only after somebody of the office looked at it too. */
export type MatchReview = 'off' | 'weak' | 'always'

/** What is known of a contact and of an account it may be. Words are compared without case, width and blanks. */
export type MatchFacts = {
  contact: {
    /** What the rep wrote. */
    remark: string
    nickname: string
    /** A member of another company on WeCom; their name is the company's word, a WeChat nickname is a whim. */
    member: boolean
    /** Where they work, as the rep or their company says. */
    company: string
    /** The remark and the nickname as they sound, without tones. */
    sounds: readonly string[]
  }
  account: {
    name: string
    /** The name as it sounds; empty when it has no sound of its own. */
    sound: string
    hospitals: readonly string[]
    department: string
    inTerritory: boolean
  }
  /** Somebody of the office said: it is this one. */
  officeNamed: boolean
  /** The same person in another app of the company is matched to this account. */
  knownElsewhere: boolean
  /** Other doctors of the same name: none, in other hospitals only, or in the same one. */
  namesakes: 'none' | 'elsewhere' | 'same_hospital'
  /** Another contact is matched to this account already. */
  taken: boolean
}

export type MatchWeight = { reasons: MatchReason[]; points: number; strong: boolean }

const worth: Record<MatchReason, number> = {
  office_named: 200,
  known_elsewhere: 100,
  name_in_remark: 50,
  name_as_member: 40,
  name_in_nickname: 30,
  sounds_alike: 20,
  hospital: 15,
  surname: 10,
  department: 8,
  own_territory: 1,
}

/**
 * What speaks for it, and how much. Strong is a name the rep or a company vouches for when no namesake can be meant, or
 * something better than a name. A WeChat nickname alone never is, nor an account that somebody else is matched to.
 */
export function weighMatch(facts: MatchFacts): MatchWeight {
  const spoken = new Set<MatchReason>([
    ...said(facts),
    ...(facts.account.inTerritory ? ['own_territory' as const] : []),
  ])
  const reasons = matchReasons.filter((reason) => spoken.has(reason))
  const points = reasons.reduce((sum, reason) => sum + worth[reason], 0)
  return { reasons, points, strong: !facts.taken && isStrong(spoken, facts) }
}

/** Whether somebody of the office looks at it before it counts. */
export function needsSecondLook(review: MatchReview, { strong, reasons }: MatchWeight): boolean {
  if (reasons.includes('office_named')) return false
  return review === 'always' || (review === 'weak' && !strong)
}

function said({ contact, account, ...facts }: MatchFacts): MatchReason[] {
  const [remark, nickname, company] = [contact.remark, contact.nickname, contact.company].map(plain) as [
    string,
    string,
    string,
  ]
  const name = plain(account.name)
  const words = [remark, nickname, company]
  const reasons: MatchReason[] = []
  if (facts.officeNamed) reasons.push('office_named')
  if (facts.knownElsewhere) reasons.push('known_elsewhere')
  if (name && remark.includes(name)) reasons.push('name_in_remark')
  if (name && nickname.includes(name)) reasons.push(contact.member ? 'name_as_member' : 'name_in_nickname')
  const named = name && (remark.includes(name) || nickname.includes(name))
  if (!named && soundsAlike(contact.sounds, account.sound)) reasons.push('sounds_alike')
  if (!named && [remark, nickname].some((text) => callsBySurname(text, name))) reasons.push('surname')
  if (account.hospitals.map(plain).some((hospital) => isPartOf(hospital, words))) reasons.push('hospital')
  if (isPartOf(plain(account.department).replace(/科$/u, ''), words)) reasons.push('department')
  return reasons
}

function isStrong(reasons: ReadonlySet<MatchReason>, { namesakes }: MatchFacts): boolean {
  if (reasons.has('office_named')) return true
  const named = reasons.has('name_in_remark') || reasons.has('name_as_member') || reasons.has('name_in_nickname')
  if (reasons.has('known_elsewhere')) return named || reasons.has('surname')
  const vouched = reasons.has('name_in_remark') || reasons.has('name_as_member')
  if (!vouched && !(named && reasons.has('hospital'))) return false
  if (namesakes === 'none') return true
  if (!reasons.has('hospital')) return false
  return namesakes === 'elsewhere' || reasons.has('department')
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')

/** One character says nothing of a hospital or a department. */
const isPartOf = (part: string, texts: readonly string[]): boolean =>
  part.length > 1 && texts.some((text) => text.includes(part))

/** Short sounds are part of too many others. */
const soundsAlike = (heard: readonly string[], sound: string): boolean =>
  sound.length > 3 && heard.some((text) => text.includes(sound))

/** 张主任, 欧阳医生: what a rep writes who knows the name. */
function callsBySurname(text: string, name: string): boolean {
  const found = /((?:(?!副)\p{Script=Han}){1,2})副?(?:主任|医生|大夫|教授|老师|院长|博士)/u.exec(text)
  const before = Array.from(found?.[1] ?? '')
  return [before, before.slice(-1)].some((called) => called.length > 0 && isSurnameOf(called.join(''), name))
}

const isSurnameOf = (called: string, name: string): boolean => name.length > called.length && name.startsWith(called)
