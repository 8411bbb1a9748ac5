import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

/** What else in the console chooses from, and a system administrator keeps. */
export const companyLists = ['products', 'specialties', 'repGroups'] as const
export type CompanyList = (typeof companyLists)[number]

/** A telephone can be dialled from the doctor's page, a mail address be written to; either may be left out. */
export const phoneShape = /^(|\+?[0-9][0-9() -]{2,38})$/
export const emailShape = /^(|[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+)$/
/** Codes stand in lists of columns, addresses and files of other systems. */
export const codeShape = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(80))
const email = z.string().check(z.trim(), z.maxLength(120), z.regex(emailShape))
const phone = z.string().check(z.trim(), z.maxLength(40), z.regex(phoneShape))
const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(300))
/** Of what was seen: whoever was slower changes nothing. */
const mark = z.string().check(z.maxLength(64), z.regex(/^[0-9a-f]+$/))
/** Codes that came with a list of doctors may be any word. */
const known = z.string().check(z.minLength(1), z.maxLength(60))
const list = z.enum(companyLists)

const words = z.object({
  name: z.string(),
  nameEn: z.string(),
  safetyPhone: z.string(),
  safetyEmail: z.string(),
  privacyEmail: z.string(),
})
export type CompanyWords = z.output<typeof words>

const named = { code: z.string(), name: z.string(), nameEn: z.string() }
const choice = z.object({ ...named, mark: z.string(), used: z.boolean() })
export type CompanyChoice = z.output<typeof choice>

/** What doctors are told of the company, and the lists everything else chooses from. */
export const loadCompany = endpoint({
  method: 'POST',
  path: '/api/console/company',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({
    words,
    mark: z.string(),
    products: z.array(choice),
    specialties: z.array(choice),
    repGroups: z.array(choice),
    /** They come with the list of doctors. */
    territories: z.array(z.object(named)),
    mayChange: z.boolean(),
  }),
})

/** Says it anew, over what was seen; what somebody else said meanwhile is answered and left. */
export const changeCompany = endpoint({
  method: 'POST',
  path: '/api/console/company/changes',
  caller: 'console',
  input: z.strictObject({
    ...{ mark, name, nameEn: name, safetyPhone: phone, safetyEmail: email, privacyEmail: email, reason },
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done') }),
    z.object({ outcome: z.literal('overtaken'), words, mark: z.string() }),
  ]),
})

/** `now` is what stands there instead. */
const answer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done') }),
  z.object({
    outcome: z.literal('refused'),
    reason: z.enum(['code_taken', 'in_use', 'overtaken', 'gone']),
    now: z.nullable(z.object({ ...named, mark: z.string() })),
  }),
])
export type ChoiceRefused = Extract<z.output<typeof answer>, { outcome: 'refused' }>

/** Adds to a list. Asked twice it is there once. */
export const addChoice = endpoint({
  method: 'POST',
  path: '/api/console/company/choices/additions',
  caller: 'console',
  input: z.strictObject({ list, code: z.string().check(z.trim(), z.regex(codeShape)), name, nameEn: name, reason }),
  output: answer,
})

/** Calls something of a list otherwise; its code stays, because others hold it. */
export const renameChoice = endpoint({
  method: 'POST',
  path: '/api/console/company/choices/renames',
  caller: 'console',
  input: z.strictObject({ list, code: known, mark, name, nameEn: name, reason }),
  output: answer,
})

/** Takes out of a list what nothing uses. */
export const removeChoice = endpoint({
  method: 'POST',
  path: '/api/console/company/choices/removals',
  caller: 'console',
  input: z.strictObject({ list, code: known, mark, reason }),
  output: answer,
})
