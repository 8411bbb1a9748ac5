import * as z from 'zod'

const purpose = z.enum(['receive', 'reading_record', 'archive'])

/** What somebody answered on the consent page: which versions were shown, what was ticked, and which button it was. */
export const givenAnswer = z.object({
  answer: z.enum(['agree', 'decline']),
  ticked: z.array(purpose).max(3),
  shown: z.array(z.object({ purpose, version: z.int().min(0).max(1_000_000) })).max(3),
  basis: z.string().max(64),
  channel: z.enum(['link', 'qr', 'own_page']),
  language: z.enum(['zh-CN', 'en-US']),
})
export type GivenAnswer = z.output<typeof givenAnswer>

/** What was tapped before WeChat was asked who taps; done when it has answered, by whoever it names. */
const wanted = z.discriminatedUnion('act', [
  z.object({ act: z.literal('answer'), given: givenAnswer }),
  z.object({ act: z.literal('withdraw'), purposes: z.array(purpose).max(3) }),
  z.object({ act: z.literal('erasure'), requestId: z.uuid() }),
])
export type Wanted = z.output<typeof wanted>

export const writeWanted = (given: Wanted): string => JSON.stringify(given)

/** Reads what `writeWanted` wrote; anything else is as if nothing had been tapped. */
export function readWanted(text: string | null): Wanted | null {
  if (text === null) return null
  const parsed = wanted.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : null
}
