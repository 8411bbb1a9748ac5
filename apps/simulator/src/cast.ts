import type { Follow as WorldFollow, When, World } from '../cast/world-types.ts'
import type { ChatEntry, Contact, Follow, Member } from './store.ts'

/** The people the played WeCom starts from. Chat times are milliseconds relative to the start. */
export type Cast = {
  company: string
  companyEn: string
  members: Member[]
  contacts: Contact[]
  follows: Follow[]
  chats: Omit<ChatEntry, 'id'>[]
}

/** Reads the demo world as WeCom would know it: members, external contacts, who follows whom. Nothing of consent or content. */
export function castFrom(world: World, nowMs: number): Cast {
  const hospitals = new Map(world.hospitals.map((hospital) => [hospital.code, hospital.name]))
  const accounts = new Map(world.accounts.map((account) => [account.id, account]))
  return {
    company: world.company.name,
    companyEn: world.company.nameEn,
    members: world.people.map((person) => ({
      userid: person.wecomUserId,
      name: person.name,
      nameEn: person.nameEn,
      position: person.position,
      roles: person.roles,
      status: person.status === 'left' ? 'deleted' : 'active',
      inRange: true,
      servesContacts: person.roles.includes('rep'),
    })),
    contacts: world.contacts.map((contact): Contact => {
      const account = accounts.get(contact.accountId ?? '')
      return {
        externalUserid: contact.externalUserId,
        name: contact.nickname,
        gender: contact.gender,
        hue: contact.avatarHue,
        shownAs: account
          ? {
              name: account.name,
              nameEn: account.nameEn,
              title: account.title,
              hospital: hospitals.get(account.hospital) ?? '',
              department: account.department,
            }
          : null,
      }
    }),
    follows: world.contacts.flatMap((contact) =>
      contact.follows.map((follow) => followFrom(contact.externalUserId, follow, nowMs)),
    ),
    chats: world.contacts.flatMap((contact) =>
      contact.follows.map((follow) =>
        greeting(follow.rep, contact.externalUserId, whenMs(follow.followedAt, nowMs) - nowMs),
      ),
    ),
  }
}

function followFrom(externalUserid: string, follow: WorldFollow, nowMs: number): Follow {
  return {
    userid: follow.rep,
    externalUserid,
    remark: follow.remark,
    description: '',
    remarkCompany: '',
    remarkMobiles: [],
    createtime: Math.floor(whenMs(follow.followedAt, nowMs) / 1000),
    addWay: follow.addWay,
    state: follow.state ?? '',
    half: false,
    visibleFrom: 0,
    deletedBy: null,
  }
}

function greeting(userid: string, externalUserid: string, at: number): Omit<ChatEntry, 'id'> {
  return { userid, externalUserid, from: 'system', at, msgtype: 'added', body: {} }
}

const dayMs = 86_400_000
const shanghaiMs = 8 * 3_600_000

/** A relative moment in ms; days are Shanghai's. */
export function whenMs(when: When, nowMs: number): number {
  if ('thisMonth' in when) {
    const local = new Date(nowMs + shanghaiMs)
    const start = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), 1) - shanghaiMs
    return start + ((nowMs - start) * when.thisMonth) / ((when.of ?? 4) + 1)
  }
  const moment = nowMs + when.days * dayMs
  if (when.at === undefined) return moment + (when.hours ?? 0) * 3_600_000 + (when.minutes ?? 0) * 60_000
  const [hours = 0, minutes = 0] = when.at.split(':').map(Number)
  const midnight = Math.floor((moment + shanghaiMs) / dayMs) * dayMs - shanghaiMs
  return midnight + hours * 3_600_000 + minutes * 60_000
}
