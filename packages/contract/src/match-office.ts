import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import * as s from './shapes.ts'

const date = z.coerce.date()
const cursor = z._default(z.nullable(z.string().check(z.maxLength(200))), null)
const show = z._default(z.enum(['waiting', 'settled']), 'waiting')
const words = (most: number) => z._default(z.string().check(z.trim(), z.maxLength(most)), '')

/** A doctor as a reviewer needs to see them. */
const doctor = z.object({
  accountId: z.string(),
  name: z.string(),
  title: z.string(),
  post: z.string(),
  hospitalId: z.string(),
  hospital: z.string(),
  department: z.string(),
  city: z.string(),
  specialty: z.string(),
  territory: z.string(),
  licenceNumber: z.string(),
  verified: z.boolean(),
  active: z.boolean(),
  /** Contacts matched to them now. */
  contacts: z.number(),
})
export type OfficeDoctor = z.output<typeof doctor>

const matchRow = z.object({
  matchId: z.string(),
  life: z.enum(['waiting', 'in_force', 'declined', 'taken_back', 'ended']),
  contact: z.object({
    nickname: z.string(),
    remark: z.string(),
    company: z.string(),
    member: z.boolean(),
    addedAt: z.nullable(date),
  }),
  doctor,
  /** Others of the same name. */
  namesakes: z.array(doctor),
  reasons: z.array(s.matchReason),
  strong: z.boolean(),
  rep: z.string(),
  proposedAt: date,
  reviewedBy: z.string(),
  reviewedAt: z.nullable(date),
  reason: z.string(),
  maySettle: z.boolean(),
})
export type MatchRow = z.output<typeof matchRow>

/** Matches that wait for a second look, oldest first, or were looked at, newest first. Looking is on record. */
export const listMatches = endpoint({
  method: 'POST',
  path: '/api/console/matches',
  caller: 'console',
  input: z.strictObject({ show, cursor }),
  output: z.object({ rows: z.array(matchRow), next: z.nullable(z.string()) }),
})

const settleRefusals = ['settled', 'own_match', 'reason_missing', 'account_inactive', 'nobody_follows'] as const

/** The second look, by somebody else than who said it. Whoever is first settles it. */
export const settleMatch = endpoint({
  method: 'POST',
  path: '/api/console/matches/decisions',
  caller: 'console',
  input: z.strictObject({ matchId: s.id, decision: z.enum(['confirm', 'decline']), reason: words(300) }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('confirmed') }),
    z.object({ outcome: z.literal('declined') }),
    z.object({ outcome: z.literal('refused'), refusals: z.array(z.enum(settleRefusals)) }),
  ]),
})

const changeField = z.enum(['name', 'hospital', 'department', 'title', 'licenceNumber'])
export type ChangeField = z.output<typeof changeField>

const changeRow = z.object({
  ...s.changeBrief.shape,
  department: z.string(),
  title: z.string(),
  licenceNumber: z.string(),
  note: z.string(),
  photo: z.boolean(),
  rep: z.string(),
  contact: z.object({ nickname: z.string(), remark: z.string() }),
  /** Whose detail is wrong, or who it turned out to be. */
  doctor: z.nullable(doctor),
  /** What is to change, as it is, or was when it was decided, and as it was asked for. */
  differences: z.array(z.object({ field: changeField, was: z.string(), asked: z.string() })),
  /** Doctors of the same name or licence: perhaps it is one of them. */
  alike: z.array(doctor),
  /** Territories the rep serves. */
  territories: z.array(z.string()),
  decidedBy: z.string(),
  mayDecide: z.boolean(),
})
export type ChangeRow = z.output<typeof changeRow>

const coded = z.object({ code: z.string(), name: z.string(), nameEn: z.string() })

/** What reps ask of the list of doctors. Looking is on record. */
export const listChanges = endpoint({
  method: 'POST',
  path: '/api/console/account-changes',
  caller: 'console',
  input: z.strictObject({ show, cursor }),
  output: z.object({
    rows: z.array(changeRow),
    next: z.nullable(z.string()),
    territories: z.array(coded),
    specialties: z.array(coded),
  }),
})

const changeRefusals = [
  'settled',
  'own_request',
  'reason_missing',
  'wrong_decision',
  'hospital_unknown',
  'detail_missing',
  'licence_wrong',
  'account_inactive',
  'source_missing',
  'licence_taken',
] as const

/** How a licence was checked. */
const licenceSources = ['licence_seen', 'registry', 'hospital_list', 'other'] as const

/**
 * Decides what a rep asked for, once. `create` makes the doctor from what is given here, verified when licence and source
 * are given; `link` names one in the list; `apply` writes the differences; `decline` tells why not.
 */
export const decideChange = endpoint({
  method: 'POST',
  path: '/api/console/account-changes/decisions',
  caller: 'console',
  input: z.strictObject({
    requestId: s.requestId,
    changeId: s.id,
    decision: z.enum(['create', 'link', 'apply', 'decline']),
    reason: words(300),
    accountId: z._default(z.nullable(s.id), null),
    name: words(40),
    title: words(30),
    /** One of the list; empty: `newHospital` is added to it. */
    hospitalId: z._default(z.nullable(s.id), null),
    newHospital: words(80),
    department: words(60),
    specialty: words(40),
    territory: words(40),
    licenceNumber: words(30),
    licenceSource: z._default(z.nullable(z.enum(licenceSources)), null),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done'), life: s.changeBrief.shape.life }),
    z.object({ outcome: z.literal('refused'), refusals: z.array(z.enum(changeRefusals)) }),
  ]),
})

/** Hospitals of the list by name. */
export const findHospitals = endpoint({
  method: 'POST',
  path: '/api/console/hospitals',
  caller: 'console',
  input: z.strictObject({ query: z.string().check(z.minLength(1), z.maxLength(60)) }),
  output: z.object({
    hospitals: z.array(z.object({ hospitalId: z.string(), name: z.string(), city: z.string() })),
  }),
})

/** Doctors of the list by name, pinyin or hospital, to say that one of them is meant. */
export const findListed = endpoint({
  method: 'POST',
  path: '/api/console/account-changes/doctors',
  caller: 'console',
  input: z.strictObject({ query: z.string().check(z.minLength(1), z.maxLength(60)) }),
  output: z.object({ doctors: z.array(doctor) }),
})
