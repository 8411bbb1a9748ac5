import { XMLParser } from 'fast-xml-parser'
import { CallbackRefused } from './callback-refused.ts'
import { memberChanges, relationChanges, type MemberChange, type RelationChange, type WeComEvent } from './event.ts'

/** Numbers stay text (a MsgId is beyond 2^53) and entities stay as written: nothing in WeCom's XML needs them. */
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, processEntities: false })

/**
 * Parses `<xml>…</xml>` into its fields; values are text, or objects for nested elements. A document type, the door of
 * entity attacks, is refused before the parser sees it. Throws `CallbackRefused`.
 */
export function parseXml(text: string): Record<string, unknown> {
  if (/<!(?!\[CDATA\[)|<\?(?!xml\s)/i.test(text)) throw new CallbackRefused('malformed')
  let parsed: unknown
  try {
    parsed = parser.parse(text, true)
  } catch {
    throw new CallbackRefused('malformed')
  }
  const root = isRecord(parsed) ? parsed['xml'] : undefined
  if (!isRecord(root)) throw new CallbackRefused('malformed')
  return root
}

/** Reads a decrypted callback. Throws `CallbackRefused` when it is no message of WeCom at all. */
export function parseEvent(text: string): WeComEvent {
  const fields = parseXml(text)
  const field = (name: string): string => {
    const value = fields[name]
    return typeof value === 'string' ? value : ''
  }
  const type = field('MsgType')
  const seconds = field('CreateTime')
  if (type === '' || !/^\d{1,10}$/.test(seconds)) throw new CallbackRefused('malformed')
  const occurredAt = new Date(Number(seconds) * 1000)

  const event = field('Event')
  const changeType = field('ChangeType')
  if (type === 'event' && event === 'change_external_contact' && isOneOf(relationChanges, changeType)) {
    return relationEvent(occurredAt, changeType, field)
  }
  if (type === 'event' && event === 'change_contact' && isOneOf(memberChanges, changeType)) {
    return memberEvent(occurredAt, changeType, field)
  }
  const about = idOf(field('ChatId') || field('Id'))
  return { event: 'other', name: (event || type).slice(0, 40), changeType: changeType.slice(0, 40), about, occurredAt }
}

type Field = (name: string) => string

function relationEvent(occurredAt: Date, changeType: RelationChange, field: Field): WeComEvent {
  return {
    event: 'change_external_contact',
    changeType,
    occurredAt,
    userId: idOf(field('UserID')),
    externalUserId: idOf(field('ExternalUserID')),
    state: field('State'),
    welcomeCode: field('WelcomeCode'),
    source: field('Source'),
    failReason: field('FailReason'),
  }
}

function memberEvent(occurredAt: Date, changeType: MemberChange, field: Field): WeComEvent {
  const userId = idOf(field('UserID'))
  return { event: 'change_contact', changeType, occurredAt, userId, newUserId: idOf(field('NewUserID')) }
}

/** WeCom's ids are 1 to 64 of these characters (2.2); anything else names nobody. */
function idOf(text: string): string {
  return /^[\w\-.@]{1,64}$/.test(text) ? text : ''
}

function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
