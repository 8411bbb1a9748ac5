import type { ConsentRefusal, TextRefusal } from '@vouch/rules'
import * as z from 'zod/mini'

/** What several endpoints about consent have in common. */
export const line = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\n\r]*$/))
export const cursor = z._default(z.nullable(z.string().check(z.maxLength(200))), null)
export const date = z.coerce.date()

export const consentPurpose = z.enum(['receive', 'reading_record', 'archive'])
export const somePurposes = z.array(consentPurpose).check(z.minLength(1), z.maxLength(3))
export const language = z.enum(['zh-CN', 'en-US'])
/** Of a doctor, as lists show them. */
export const doctor = { accountId: z.string(), doctor: z.string(), title: z.string(), hospital: z.string() }

export const consentRefusal = z.custom<ConsentRefusal>((value) => typeof value === 'object' && value !== null)
export const textRefusal = z.custom<TextRefusal>((value) => typeof value === 'object' && value !== null)
export type WireTextRefusal = z.output<typeof textRefusal>
