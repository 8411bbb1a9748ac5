import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

/** Every check there is, in the order in which they are walked: what others need comes first. */
export const checkIds = [
  ...(['cfg.settings', 'cfg.address', 'cfg.secrets', 'cfg.programs'] as const),
  ...([
    'data.connection',
    'data.durability',
    'data.session',
    'data.charset',
    'data.migrations',
    'data.grants',
  ] as const),
  ...(['data.files', 'data.space', 'data.jobs', 'data.queue', 'data.reports', 'time.database'] as const),
  ...(['web.certificate', 'web.answers', 'web.verify'] as const),
  ...(['wecom.reach', 'time.wecom', 'wecom.token', 'wecom.ip', 'wecom.app', 'wecom.range', 'wecom.domain'] as const),
  ...(['wecom.contact', 'wecom.members', 'wecom.tickets', 'wecom.signature', 'wecom.login', 'wecom.toolbar'] as const),
  ...(['callback.key', 'callback.door', 'callback.events'] as const),
  ...(['vault.settings', 'vault.sign_in'] as const),
  ...(['rules.administrators', 'rules.company', 'rules.caps', 'rules.consent'] as const),
] as const
export type CheckId = (typeof checkIds)[number]

export const checkGroups = ['config', 'data', 'web', 'wecom', 'callback', 'vault', 'rules'] as const
export type CheckGroup = (typeof checkGroups)[number]

/** `not_asked`: it cannot be asked by a program, is not set up here, or what it needs is not in order. */
export const checkOutcomes = ['ok', 'warning', 'fault', 'not_asked'] as const
export type CheckOutcome = (typeof checkOutcomes)[number]

const checkId = z.enum(checkIds)
/** The same sentence in both languages; the server holds the words of checks, for pages and for the terminal. */
const both = z.object({ zh: z.string(), en: z.string() })
export type Both = z.output<typeof both>

const finding = z.object({
  checkId,
  outcome: z.enum(checkOutcomes),
  fact: both,
  /** One line each: settings, tables, members. */
  details: z.array(both),
  fix: z.nullable(both),
  /** The place to go to, as a path of menus. Null when nothing is to be done. */
  where: z.nullable(both),
  checkedAt: z.coerce.date(),
  tookMs: z.number(),
})
export type Finding = z.output<typeof finding>

/** The names WeCom gives a file that proves a domain, and what it may hold. */
export const verifyNameShape = /^WW_verify_[A-Za-z0-9]{8,64}\.txt$/
export const verifyTextShape = /^[A-Za-z0-9]{8,64}$/

/** What can be checked, without checking it; for a system administrator, as everything here. */
export const listChecks = endpoint({
  method: 'POST',
  path: '/api/console/checks',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    groups: z.array(z.object({ group: z.enum(checkGroups), title: both })),
    checks: z.array(z.object({ checkId, group: z.enum(checkGroups), title: both })),
    verifyFiles: z.array(
      z.object({
        verifyName: z.string(),
        fromSettings: z.boolean(),
        setBy: z.string(),
        setAt: z.nullable(z.coerce.date()),
      }),
    ),
  }),
})

/** Checks one thing now. What it needs is looked at again only when that was not in order or is long ago. */
export const runCheck = endpoint({
  method: 'POST',
  path: '/api/console/checks/run',
  caller: 'console',
  input: z.strictObject({ checkId }),
  output: finding,
})

const verifyName = z.string().check(z.trim(), z.regex(verifyNameShape))
const why = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))

/** Sets the file that is served at the root of our address, so that WeCom believes the domain is ours. */
export const saveVerifyFile = endpoint({
  method: 'POST',
  path: '/api/console/checks/verify-file',
  caller: 'console',
  input: z.strictObject({ verifyName, verifyText: z.string().check(z.trim(), z.regex(verifyTextShape)), reason: why }),
  output: z.object({ outcome: z.enum(['done', 'already']) }),
})

/** Takes it away again. */
export const removeVerifyFile = endpoint({
  method: 'POST',
  path: '/api/console/checks/verify-file/removals',
  caller: 'console',
  input: z.strictObject({ verifyName, reason: why }),
  output: z.object({ outcome: z.enum(['done', 'already']) }),
})
