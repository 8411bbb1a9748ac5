import type { Generated } from 'kysely'

export type PersonTable = {
  id: string
  wecomUserId: string
  wecomUserKey: string
  name: string
  nameEn: Generated<string>
  status: 'active' | 'left'
  employmentProvedAt: Date | null
  leftAt: Date | null
  filingNumber: string | null
  filedUntil: Date | null
  /** How the name sounds, then names and user id: by it people are found and listed. Empty until a job has filled it. */
  nameSearch: Generated<string>
  createdAt: Date
}

export type PersonRoleTable = {
  personId: string
  role: string
  until: Date | null
}

export type RepProductTable = {
  repId: string
  product: string
}

export type RepTerritoryTable = {
  repId: string
  territory: string
}

/** Whose doctors a manager sees in the console; where a rep sends is `rep_territory`. */
export type ManagedTerritoryTable = {
  personId: string
  territory: string
}

export type RepGroupTable = {
  code: string
  name: string
  nameEn: Generated<string>
}

export type RepGroupMemberTable = {
  code: string
  repId: string
}

export type SignInWay = 'wecom' | 'local'
export type Device = '' | 'computer' | 'phone' | 'wecom_computer' | 'wecom_phone'

export type SessionTable = {
  tokenHash: string
  personId: string
  face: 'rep' | 'console'
  signedInAt: Date
  lastSeenAt: Date
  endedAt: Date | null
  endedWhy: string | null
  /** When they last proved who they are, after they signed in. */
  provedAt: Date | null
  way: Generated<SignInWay>
  device: Generated<Device>
}

/** Somebody who is signed in proves again who they are. */
export type ProofTable = {
  id: string
  personId: string
  sessionHash: string
  begunAt: Date
  endsAt: Date
  spentAt: Date | null
  outcome: 'proved' | 'refused' | null
  refusedFor: 'other_person' | 'other_session' | 'too_late' | 'wrong_code' | 'wrong_passkey' | null
}

export type SignInTable = {
  stateHash: string
  browserHash: string
  face: 'rep' | 'console' | 'hcp'
  nextPath: string
  startedAt: Date
  usedAt: Date | null
  codeHash: string | null
  identity: string | null
  /** The signature this login is for; it opens no session. */
  signingId: string | null
  /** The proof this login is for; it opens no session. */
  proofId: string | null
  /** What a reader tapped before they were recognised, see evidence/wanted.ts. */
  wanted: string | null
}
