import * as z from 'zod/mini'

/** Shapes that everything about doctors shares. */
export const line = (most: number) => z.string().check(z.maxLength(most), z.regex(/^[^\n\r]*$/))
export const named = (most: number) => line(most).check(z.regex(/\S/))
export const cursor = z._default(z.nullable(z.string().check(z.maxLength(60))), null)
export const reason = line(300).check(z.regex(/\S/))
export const revision = z.int().check(z.minimum(1))
export const date = z.coerce.date()

/** How it became known that somebody is a health professional; `list`: the company's own list named a licence. */
export const verifiedSource = z.enum(['list', 'licence_seen', 'registry', 'hospital_list', 'other'])
export const brief = {
  accountId: z.string(),
  externalId: z.nullable(z.string()),
  doctor: z.string(),
  title: z.string(),
  department: z.string(),
  hospital: z.string(),
  territory: z.string(),
  licenceNumber: z.nullable(z.string()),
  verified: z.boolean(),
  active: z.boolean(),
}

export const pairReason = z.enum(['same_licence', 'same_name', 'same_sound', 'same_department', 'same_title'])
export type PairReason = z.output<typeof pairReason>
