/** How a local administrator signs in without WeCom. */
export type LocalLoginTable = {
  personId: string
  nameKey: string
  passwordHash: string
  codeSealed: string
  /** The newest one-time code that was spent, as its number of 30 s since 1970. */
  codeStep: number
  setUpAt: Date
  /** Up to when the others were told what was done with this login. */
  announcedUntil: Date
}

export type LocalRecoveryTable = {
  codeHash: string
  personId: string
  spentAt: Date | null
}

/** The public half of a passkey. `counter` is what the device last said of how often it was used; some always say 0. */
export type LocalPasskeyTable = {
  id: string
  personId: string
  credentialId: string
  publicKey: string
  counter: number
  name: string
  addedAt: Date
  usedAt: Date | null
}

/** What a passkey was asked to sign. `boundTo` says for what and from which browser or session. */
export type LocalChallengeTable = {
  challengeHash: string
  boundTo: string
  begunAt: Date
  endsAt: Date
  spentAt: Date | null
}

/** A link from the command line. Without a person it makes a new one in this role. */
export type LocalInviteTable = {
  tokenHash: string
  personId: string | null
  role: 'system_admin' | 'security_admin'
  codeSealed: string
  madeAt: Date
  endsAt: Date
  spentAt: Date | null
}

export type AttemptCountTable = {
  bucket: string
  attempts: number
  since: Date
}
