import type { MatchFacts } from '@vouch/rules'
import { sql, type Expression, type Kysely, type SqlBool } from 'kysely'
import { escapeLike } from '../../content/queries.ts'
import type { Database } from '../../db/schema.ts'
import { soundOf } from '../../search-text.ts'

/** What is known of a contact as one rep has them. */
export type ContactWords = {
  externalUserId: string
  nickname: string
  remark: string
  company: string
  kind: 'wechat' | 'wecom'
  unionId: string | null
}

/** Weighed exactly afterwards; the database only has to leave nobody likely behind. */
const weighed = 40
const found = 20

/** An account with everything a rep or a reviewer is to weigh. */
function accountRows(db: Kysely<Database>, repId: string, { externalUserId, unionId }: ContactWords) {
  return db
    .selectFrom('account')
    .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['account.id as accountId', 'account.name', 'account.title', 'account.post', 'account.department'])
    .select(['account.licenceNumber', 'hospital.name as hospital', 'hospital.shortName', 'hospital.city'])
    .select([
      sql<number>`exists(select 1 from rep_territory served where served.rep_id = ${repId}
        and served.territory = account.territory)`.as('inTerritory'),
      sql<number>`exists(select 1 from external_contact twin where twin.union_id = ${unionId}
        and twin.account_id = account.id and twin.external_user_id <> ${externalUserId})`.as('knownElsewhere'),
      sql<number>`exists(select 1 from external_contact other where other.account_id = account.id
        and other.external_user_id <> ${externalUserId}
        and (${unionId} is null or other.union_id is null or other.union_id <> ${unionId}))`.as('taken'),
      sql<number>`case when exists(${namesake} and namesake.hospital_id = account.hospital_id) then 2
        when exists(${namesake}) then 1 else 0 end`.as('namesakes'),
    ])
    .where('account.active', '=', 1)
}
const namesake = sql`select 1 from account namesake where namesake.name = account.name
  and namesake.id <> account.id and namesake.active = 1`
export type AccountRow = Awaited<ReturnType<ReturnType<typeof accountRows>['execute']>>[number]

/** Those of the rep's territories, to choose from: what is to be weighed is read of the chosen alone. */
const served = (db: Kysely<Database>, repId: string) =>
  db
    .selectFrom('account')
    .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select('account.id')
    .where('account.active', '=', 1)
    .where(sql<SqlBool>`account.territory in (select territory from rep_territory where rep_id = ${repId})`)

/**
 * Accounts of the rep's territories a contact may be: by name, by how it sounds, by hospital, or known as the same person.
 * An account the office named is there wherever it is.
 */
export async function findLikely(
  db: Kysely<Database>,
  repId: string,
  contact: ContactWords,
  named: string | null,
): Promise<AccountRow[]> {
  const { likely, order } = likeness(contact)
  const [rows, own] = await Promise.all([
    likely.length === 0 && contact.unionId === null
      ? []
      : accountRows(db, repId, contact)
          .innerJoin(
            served(db, repId)
              .where((eb) => eb.or([...likely, knownAs(contact)]))
              .orderBy(order, 'desc')
              .orderBy('account.id')
              .limit(weighed)
              .as('chosen'),
            'chosen.id',
            'account.id',
          )
          .orderBy(order, 'desc')
          .orderBy('account.id')
          .execute(),
    named === null ? undefined : findAccount(db, repId, contact, named),
  ])
  return own && !rows.some((row) => row.accountId === own.accountId) ? [own, ...rows] : rows
}

/** By name, pinyin, initials or hospital, in the rep's territories. */
export function findByWords(db: Kysely<Database>, repId: string, contact: ContactWords, query: string) {
  const like = `%${escapeLike(query.trim().toLowerCase())}%`
  const chosen = served(db, repId)
    .where((eb) =>
      eb.or([
        eb('account.nameSearch', 'like', like),
        eb('hospital.name', 'like', like),
        eb('hospital.shortName', 'like', like),
      ]),
    )
    .orderBy('account.name')
    .orderBy('account.id')
    .limit(found)
  return accountRows(db, repId, contact)
    .innerJoin(chosen.as('chosen'), 'chosen.id', 'account.id')
    .orderBy('account.name')
    .orderBy('account.id')
    .execute()
}

/** One active account, wherever it is. */
export function findAccount(db: Kysely<Database>, repId: string, contact: ContactWords, accountId: string) {
  return accountRows(db, repId, contact).where('account.id', '=', accountId).executeTakeFirst()
}

const knownAs = ({ unionId, externalUserId }: ContactWords) =>
  sql<SqlBool>`account.id in (select twin.account_id from external_contact twin where twin.union_id = ${unionId}
    and twin.external_user_id <> ${externalUserId} and twin.account_id is not null)`

/** A remark often runs a name, a hospital and a post together, so whatever is in it is looked for, not it in names. */
function likeness({ remark, nickname, company }: ContactWords) {
  const text = [remark, nickname, company].join(' ').normalize('NFKC')
  const holds = (part: Expression<unknown>) => sql<SqlBool>`(char_length(${part}) > 1 and instr(${text}, ${part}) > 0)`
  const sounds = soundsIn(`${remark} ${nickname}`)
  const surnames = [...new Set(text.match(/(?!副)\p{Script=Han}(?=副?(?:主任|医生|大夫|教授|老师|院长|博士))/gu) ?? [])]
  const byName = holds(sql.ref('account.name'))
  const bySound = sounds.map((sound) => sql<SqlBool>`account.name_search like ${`%${escapeLike(sound)}%`}`)
  const byHospital = [holds(sql.ref('hospital.shortName')), holds(sql.ref('hospital.name'))]
  const bySurname = surnames.map((surname) => sql<SqlBool>`account.name like ${`${surname}%`}`)
  const any = (parts: SqlBool[] | ReturnType<typeof holds>[]) =>
    parts.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(parts, sql` or `)})`
  return {
    likely: text.trim() === '' ? [] : [byName, ...bySound, ...byHospital, ...bySurname],
    order: sql<number>`${byName} * 8 + ${any(bySound)} * 4 + ${any(bySurname)} * 2 + ${any(byHospital)}`,
  }
}

/** Latin words as they stand, and Chinese ones as they sound; short ones are part of too many names. */
function soundsIn(text: string): string[] {
  const words = text.match(/\p{Script=Han}{2,4}|[a-z]{3,}/giu) ?? []
  return [...new Set(words.map(soundOf))].filter((sound) => sound.length > 3).slice(0, 6)
}

/** The facts the rule weighs, of one contact and one account. */
export function asMatchFacts(contact: ContactWords, row: AccountRow, named: string | null): MatchFacts {
  const { remark, nickname, company, kind } = contact
  return {
    contact: {
      ...{ remark, nickname, company, member: kind === 'wecom' },
      sounds: [soundOf(remark), soundOf(nickname)],
    },
    account: {
      ...{ name: row.name, sound: soundOf(row.name), department: row.department },
      ...{ hospitals: [row.hospital, row.shortName], inTerritory: isSo(row.inTerritory) },
    },
    officeNamed: row.accountId === named,
    knownElsewhere: isSo(row.knownElsewhere),
    namesakes: Number(row.namesakes) === 2 ? 'same_hospital' : Number(row.namesakes) === 1 ? 'elsewhere' : 'none',
    taken: isSo(row.taken),
  }
}

const isSo = (value: number): boolean => Boolean(Number(value))
