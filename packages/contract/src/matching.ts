import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import * as s from './shapes.ts'

const reason = z.string().check(z.trim(), z.minLength(2), z.maxLength(300))
const words = (most: number) => z._default(z.string().check(z.trim(), z.maxLength(most)), '')

/** Accounts of the rep's territories by name, pinyin or hospital, weighed for the contact that is to be matched. */
export const findAccounts = endpoint({
  method: 'POST',
  path: '/api/rep/accounts',
  caller: 'rep',
  input: z.strictObject({
    query: z.string().check(z.minLength(1), z.maxLength(60)),
    externalUserId: z.nullable(s.externalUserId),
  }),
  output: z.object({ accounts: z.array(s.matchCandidate) }),
})

/**
 * The rep says: this contact is that doctor. Never done silently. `waiting` where somebody of the office looks at it first.
 * `already_matched` when somebody was faster; `account_taken` when another contact is that doctor and the rep did not say
 * that they saw it.
 */
export const matchContact = endpoint({
  method: 'POST',
  path: '/api/rep/matches',
  caller: 'rep',
  input: z.strictObject({
    requestId: s.requestId,
    externalUserId: s.externalUserId,
    accountId: s.id,
    /** The rep saw that another contact is matched to this doctor. */
    taken: z._default(z.boolean(), false),
  }),
  output: z.object({ outcome: z.enum(['in_force', 'waiting']) }),
})

/**
 * The rep says: it is not that doctor after all, or takes back what waits. What was sent and consented stays with the
 * doctor it was for. `none` when there is nothing to end.
 */
export const endMatch = endpoint({
  method: 'POST',
  path: '/api/rep/matches/ends',
  caller: 'rep',
  input: z.strictObject({ requestId: s.requestId, externalUserId: s.externalUserId, reason }),
  output: z.object({ outcome: z.enum(['ended', 'taken_back', 'none']) }),
})

/** The matched doctor as the list has them, who matched whom when, and what this rep asked to be changed. */
export const lookAtAccount = endpoint({
  method: 'POST',
  path: '/api/rep/account-sheets',
  caller: 'rep',
  input: z.strictObject({ externalUserId: s.externalUserId }),
  output: z.object({
    account: z.object({
      ...s.accountBrief.shape,
      post: z.string(),
      city: z.string(),
      licenceTail: z.string(),
      verified: z.boolean(),
    }),
    matches: z.array(
      z.object({
        doctor: z.string(),
        hospital: z.string(),
        life: z.enum(['waiting', 'in_force', 'declined', 'taken_back', 'ended']),
        by: z.string(),
        at: z.coerce.date(),
        endedAt: z.nullable(z.coerce.date()),
        reason: z.string(),
      }),
    ),
    changes: z.array(s.changeBrief),
  }),
})

/**
 * Asks the office for a doctor who is not in the list (`new`), or says that a detail of the matched one is wrong
 * (`detail`; what is right is given, the rest as it was). Asked again while it waits, the new words take the place of the
 * old ones.
 */
export const askChange = endpoint({
  method: 'POST',
  path: '/api/rep/account-changes',
  caller: 'rep',
  input: z.strictObject({
    requestId: s.requestId,
    externalUserId: s.externalUserId,
    kind: z.enum(['new', 'detail']),
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
    hospital: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
    department: words(60),
    title: words(30),
    licenceNumber: words(30),
    note: words(300),
    /** An upload of the purpose `evidence`. */
    photoId: z._default(z.nullable(s.id), null),
  }),
  output: z.object({ changeId: z.string() }),
})
