import * as z from 'zod/mini'

/** What a browser is asked with to make or to use a passkey, as the server's library writes it. */
export const passkeyOptions = z.looseObject({ challenge: z.string() })

/** What the browser answered, as its library writes it in JSON; that of the server alone reads it. */
export const passkey = z.string().check(z.minLength(1), z.maxLength(10_000))
export const passkeyBytes = 16 * 1024
