import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sql, type KyselyPlugin } from 'kysely'
import pino from 'pino'
import { ulid } from 'ulid'
import { syncContacts } from '../src/contacts/sync/sync-contacts.ts'
import { openDatabase } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import type { Deps } from '../src/deps.ts'
import type { WeCom } from '../src/wecom/wecom.ts'
import type { Figures } from './search.ts'

const perPage = 100
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void // what the flag above brings

/** All relations of one rep read from WeCom, once when all are new and once when none is; what memory holds meanwhile. */
export async function measureContacts(ownerUrl: string, contacts = 20_000): Promise<Figures[]> {
  const url = new URL(ownerUrl)
  url.pathname = '/vouch_bench_contacts'
  await migrate(url.href)
  const db = openDatabase(url.href, 8)
  const person = { id: 'rep', wecomUserId: 'rep', wecomUserKey: 'rep', name: 'rep', status: 'active' as const }
  const rest = { employmentProvedAt: null, leftAt: null, filingNumber: null, filedUntil: null, createdAt: new Date() }
  await db
    .insertInto('person')
    .values({ ...person, ...rest })
    .execute()
  const lines = [await readAll(db, contacts, 'new'), await readAll(db, contacts, 'known')]
  await sql`drop database ${sql.id('vouch_bench_contacts')}`.execute(db)
  await db.destroy()
  return lines
}

async function readAll(db: Deps['db'], contacts: number, which: 'new' | 'known'): Promise<Figures> {
  let statements = 0
  const held: number[] = []
  const count: KyselyPlugin = {
    transformQuery: ({ node }) => ((statements += 1), node),
    transformResult: async ({ result }) => result,
  }
  const wecom = pagesOf(contacts, (page) => {
    if (page % 20 !== 10) return
    collect()
    held.push(process.memoryUsage().heapUsed)
  })
  let at = new Date(Date.now() + (which === 'known' ? 7_200_000 : 0))
  const deps = { db: db.withPlugin(count), wecom, now: () => at, newId: ulid, log: pino({ level: 'silent' }) } as Deps // all that a reading needs
  const from = performance.now()
  const live = () => db.selectFrom('contactSyncRun').select('id').where('live', '=', 1).executeTakeFirst()
  do {
    await syncContacts(deps)
    at = new Date(at.getTime() + 1_000)
  } while (await live())
  const tookMs = performance.now() - from
  const grown = (Math.max(...held) - held[0]!) / 1_048_576
  return {
    what: `one rep's ${contacts.toLocaleString('en')} contacts, all ${which}`,
    figure: `${(tookMs / 1_000).toFixed(1)} s, ${((statements * perPage) / contacts).toFixed(1)} statements a page`,
    floor: `heap ${(held[0]! / 1_048_576).toFixed(0)} MB at page 10, at most ${grown.toFixed(1)} more later`,
    ratio: (Math.max(...held) / held[0]!).toFixed(2),
    goal: 'memory flat, ≤ 1.10',
  }
}

/** A WeCom that makes each page when it is asked for. */
function pagesOf(contacts: number, onPage: (page: number) => void): WeCom {
  const contact = (nth: number) => ({
    ...{ externalUserId: `wmCrowd${String(nth).padStart(6, '0')}`, nickname: `医生${nth}`, remark: `备注${nth}` },
    ...{ userId: 'rep', beganAt: new Date(1_700_000_000_000), addWay: 1 },
  })
  return {
    servingMembers: async () => ['rep'],
    contactsPage: async ({ cursor }) => {
      const from = Number(cursor || 0)
      onPage(from / perPage)
      const until = Math.min(from + perPage, contacts)
      return {
        outcome: 'page',
        contacts: Array.from({ length: until - from }, (_, nth) => contact(from + nth)),
        next: until < contacts ? String(until) : '',
        unlicensed: [],
      }
    },
  } as Partial<WeCom> as WeCom // a reading without missing relations asks nothing else
}
