import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id } from './shapes.ts'

const date = z.coerce.date()
const both = z.object({ zh: z.string(), en: z.string() })
const pace = z.enum(['now', 'daily', 'off'])
export type NoticePace = z.output<typeof pace>

const kinds = z.array(
  z.object({
    kind: z.string(),
    name: both,
    pace,
    /** Why it cannot be chosen; null: it can. */
    fixed: z.nullable(both),
    /** Goes in quiet hours too. */
    atNight: z.boolean(),
  }),
)

const choices = z.object({
  kinds,
  /** Minutes of a Shanghai day; equal borders mean no quiet hours. */
  quietFrom: z.number(),
  quietUntil: z.number(),
})
export type NoticeChoices = z.output<typeof choices>

const none = z.strictObject({})
const choice = z.strictObject({ kind: z.string().check(z.regex(/^[a-z_]{1,20}$/)), pace })

/** What app messages this person gets, by their roles, and how they want to be told. */
export const loadRepChoices = endpoint({
  method: 'POST',
  path: '/api/rep/notices',
  caller: 'rep',
  input: none,
  output: choices,
})

/** Chooses for one kind of their own. What safety or the law asks for cannot be chosen and is a bad request. */
export const chooseRepNotice = endpoint({
  method: 'POST',
  path: '/api/rep/notices/choices',
  caller: 'rep',
  input: choice,
  output: choices,
})

export const loadOfficeChoices = endpoint({
  method: 'POST',
  path: '/api/console/notices',
  caller: 'console',
  input: none,
  output: choices,
})

export const chooseOfficeNotice = endpoint({
  method: 'POST',
  path: '/api/console/notices/choices',
  caller: 'console',
  input: choice,
  output: choices,
})

const failedRow = z.object({
  noticeId: z.string(),
  name: both,
  to: z.string(),
  owedAt: date,
  attempts: z.number(),
  problem: z.enum(['left', 'unknown_member', 'gave_up']),
  /** Whoever left is not written to again. */
  maySend: z.boolean(),
})
export type FailedNotice = z.output<typeof failedRow>

/** App messages that did not arrive and are not tried again by themselves, newest first, by keyset; without their words. */
export const listFailedNotices = endpoint({
  method: 'POST',
  path: '/api/console/notices/failed',
  caller: 'console',
  input: z.strictObject({ cursor: z._default(z.nullable(z.string().check(z.maxLength(60))), null) }),
  output: z.object({ rows: z.array(failedRow), next: z.nullable(z.string()) }),
})

/** Owes one of them again. Asked twice it is owed once: `already` when it is under way or arrived meanwhile. */
export const sendNoticeAgain = endpoint({
  method: 'POST',
  path: '/api/console/notices/again',
  caller: 'console',
  input: z.strictObject({ noticeId: id }),
  output: z.object({ outcome: z.enum(['owed', 'already', 'left']) }),
})
