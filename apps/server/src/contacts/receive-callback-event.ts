import { memberChanges, relationChanges, type WeComEvent } from '@vouch/wecom'
import type { Insertable } from 'kysely'
import { isPassing } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { gather } from '../gather.ts'
import { sha256 } from '../secrets.ts'

type Row = Insertable<Database['callbackEvent']>
/** Of these alone something follows; all others are kept, and done with. */
const withEffect: readonly string[] = [
  ...relationChanges.filter((change) => change !== 'msg_audit_approved'),
  ...memberChanges.filter((change) => change !== 'create_user'),
]
/** WeCom waits 5 s and then delivers again. */
const rules = { most: 500, waitMs: 4_000, worthAnotherTry: isPassing }

/**
 * The journal of what WeCom tells: each message durably and once, before anything comes of it. The same message delivered
 * again, to whichever instance, is the same row (assurance.md F16). Messages that arrive together share an insert; each is
 * answered after its commit. Ids only; the text itself is not kept.
 */
export function createCallbackJournal({ db, now }: Deps): (xml: string, told: WeComEvent) => Promise<void> {
  const write = gather<Row, void>(rules, async (rows) => {
    const once = new Map(rows.map((row) => [row.digest, row]))
    // In one order, so that two instances with the same messages in hand wait for each other in one direction.
    const sorted = [...once.values()].sort((one, other) => (one.digest < other.digest ? -1 : 1))
    await insertOnce(db, sorted)
    return rows.map(() => undefined)
  })
  return (xml, told) => write(rowOf(sha256(xml), told, now()))
}

/** One statement is a transaction by itself: a round trip less than to begin and to commit one. */
async function insertOnce(db: Deps['db'], rows: Row[], attempt = 1): Promise<void> {
  try {
    await db.insertInto('callbackEvent').ignore().values(rows).execute()
  } catch (fault) {
    if (!isPassing(fault) || attempt === 4) throw fault
    await insertOnce(db, rows, attempt + 1)
  }
}

function rowOf(digest: string, told: WeComEvent, at: Date): Row {
  const settled = told.event === 'other' || !withEffect.includes(told.changeType)
  return {
    ...{ digest, event: told.event === 'other' ? told.name : told.event, changeType: told.changeType },
    ...{ occurredAt: told.occurredAt, receivedAt: at, runAt: at },
    ...(settled ? { settledAt: at, outcome: 'no_effect' } : { settledAt: null, outcome: null }),
    userId: told.event === 'other' ? '' : told.userId,
    newUserId: told.event === 'change_contact' ? told.newUserId : '',
    about: told.event === 'other' ? told.about : '',
    ...relationOf(told),
    welcomeAt: told.event === 'change_external_contact' && isWelcomeCode(told.welcomeCode) ? at : null,
  }
}

/** As long as its column; what is longer is none of WeCom's. */
const isWelcomeCode = (code: string): boolean => code !== '' && code.length <= 255

function relationOf(told: WeComEvent) {
  const none = { externalUserId: '', source: '', failReason: '', scanState: '', welcomeCode: '' }
  if (told.event !== 'change_external_contact') return none
  const { externalUserId, source, failReason, state, welcomeCode } = told
  return {
    ...{ externalUserId, source: source.slice(0, 40), failReason: failReason.slice(0, 40) },
    ...{ scanState: [...state].slice(0, 64).join(''), welcomeCode: isWelcomeCode(welcomeCode) ? welcomeCode : '' },
  }
}
