import type { Insertable } from 'kysely'
import type { Database } from '../db/schema.ts'
import { accountSearchText, personSearchText } from '../search-text.ts'
import { idAt, type Known } from './known.ts'

type Row<T extends keyof Database> = Insertable<Database[T]>

export function companyRow({ world }: Known): Row<'company'> {
  return { id: 1, ...world.company }
}

export function personRows({ world, at, now, foundedAt, personId }: Known): Row<'person'>[] {
  return world.people.map((person) => {
    const leftAt = person.leftAt ? at(person.leftAt) : null
    return {
      id: personId(person.wecomUserId),
      wecomUserId: person.wecomUserId,
      wecomUserKey: person.wecomUserId.toLowerCase(),
      name: person.name,
      nameEn: person.nameEn,
      nameSearch: personSearchText(person),
      status: person.status,
      employmentProvedAt: leftAt ?? now,
      leftAt,
      filingNumber: person.entitled?.filingNumber ?? null,
      filedUntil: person.entitled?.filedUntil ? at(person.entitled.filedUntil) : null,
      createdAt: foundedAt,
    }
  })
}

/** Whoever left holds nothing any more. */
export function roleRows({ world, at, personId }: Known): Row<'personRole'>[] {
  return world.people
    .filter(({ status }) => status === 'active')
    .flatMap(({ wecomUserId, roles, roleUntil }) =>
      roles.map((role) => ({ personId: personId(wecomUserId), role, until: roleUntil ? at(roleUntil) : null })),
    )
}

/** How they came to their roles: with the company, by nobody's approval; and how those who left lost them. */
export function roleStepRows({ world, at, foundedAt, personId }: Known): Row<'roleStep'>[] {
  const nobody = { proposedBy: null, decidedBy: null, changeId: null }
  return world.people.flatMap(({ wecomUserId, roles, roleUntil, leftAt, entitled }) =>
    roles.flatMap((role) => {
      const until = roleUntil ? at(roleUntil) : null
      const territories = role === 'manager' ? (entitled?.territories ?? []).join() : ''
      const about = { ...nobody, personId: personId(wecomUserId), role, until, territories }
      const granted = { ...about, id: idAt(foundedAt), what: 'granted' as const, at: foundedAt }
      const left = leftAt && { ...about, id: idAt(at(leftAt)), what: 'left' as const, at: at(leftAt) }
      return left ? [granted, left] : [granted]
    }),
  )
}

export function repProductRows({ world, personId }: Known): Row<'repProduct'>[] {
  return world.people.flatMap(({ wecomUserId, entitled }) =>
    (entitled?.products ?? []).map((product) => ({ repId: personId(wecomUserId), product })),
  )
}

export function repTerritoryRows({ world, personId }: Known): Row<'repTerritory'>[] {
  return world.people.flatMap(({ wecomUserId, entitled }) =>
    (entitled?.territories ?? []).map((territory) => ({ repId: personId(wecomUserId), territory })),
  )
}

export function managedTerritoryRows({ world, personId }: Known): Row<'managedTerritory'>[] {
  return world.people
    .filter(({ roles }) => roles.includes('manager'))
    .flatMap(({ wecomUserId, entitled }) =>
      (entitled?.territories ?? []).map((territory) => ({ personId: personId(wecomUserId), territory })),
    )
}

export function repGroupRows({ world }: Known): Row<'repGroup'>[] {
  return world.repGroups.map(({ code, name, nameEn }) => ({ code, name, nameEn }))
}

export function repGroupMemberRows({ world, personId }: Known): Row<'repGroupMember'>[] {
  return world.repGroups.flatMap(({ code, reps }) => reps.map((rep) => ({ code, repId: personId(rep) })))
}

export function hospitalRows({ world }: Known): Row<'hospital'>[] {
  return world.hospitals.map(({ code, name, nameEn, level, city, aliases }) => ({
    ...{ id: code, name, nameEn, city, grade: level },
    shortName: aliases[0] ?? name,
  }))
}

export function accountRows({ world, at, foundedAt }: Known): Row<'account'>[] {
  return world.accounts.map((account) => ({
    id: account.id,
    externalId: account.id,
    verifiedSource: account.hcpVerified ? 'list' : null,
    name: account.name,
    nameSearch: accountSearchText(account),
    title: account.title,
    post: account.post ?? '',
    hospitalId: account.hospital,
    department: account.department,
    specialty: account.specialty,
    territory: account.territory,
    hcpVerified: account.hcpVerified,
    licenceNumber: account.licenceNumber,
    active: account.active,
    pausedUntil: account.pausedUntil ? at(account.pausedUntil) : null,
    mergedInto: null,
    createdAt: foundedAt,
  }))
}

export function contactRows({ world, at, now, personId }: Known): Row<'externalContact'>[] {
  return world.contacts.map(({ externalUserId, nickname, accountId, matchedBy, follows }) => ({
    externalUserId,
    nickname,
    accountId,
    matchedBy: matchedBy && accountId ? personId(matchedBy.person) : null,
    matchedAt: matchedBy && accountId ? at(matchedBy.at) : null,
    createdAt: new Date(Math.min(now.getTime(), ...follows.map((follow) => at(follow.followedAt).getTime()))),
  }))
}

/** Every follow is proved as of now; the first round of the job that asks WeCom takes over from there. */
export function followRows({ world, now, personId }: Known): Row<'contactFollow'>[] {
  return world.contacts.flatMap(({ externalUserId, follows }) =>
    follows.map(({ rep, remark }) => ({
      ...{ repId: personId(rep), externalUserId, remark },
      following: true,
      provedAt: now,
      endedAt: null,
    })),
  )
}
