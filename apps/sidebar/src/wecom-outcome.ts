/** What a call of the WeCom client ended with, in our words. `no_answer` is our own guard, never the client's. */
export type OutcomeKind =
  | 'ok'
  | 'cancelled'
  | 'no_permission'
  | 'without_context'
  | 'too_old'
  | 'signature'
  | 'domain'
  | 'bad_message'
  | 'cross_corp'
  | 'no_answer'
  | 'unknown'

/** `code` is the client's own text, cut to 120 characters, for the record and for support. */
export type ClientOutcome = { kind: OutcomeKind; code: string }

/** Order matters: what names the cause best comes first. Spellings are those of wecom-platform.md 1.8 and 5.2. */
const patterns: readonly (readonly [OutcomeKind, RegExp])[] = [
  ['without_context', /withoutcontext/],
  ['signature', /invalidsignature|40093|sdkerroraborted/],
  ['domain', /invalidurldomain/],
  ['too_old', /notexist|notsupport/],
  ['cross_corp', /crosscorp/],
  ['no_permission', /nopermission|permissiondenied|accessdenied|offlineverifying/],
  ['bad_message', /invalidparam|contentempty|invalidimgurl|imgurlisinvalid|invalidminiprogram/],
  ['cancelled', /cancel/],
]

/** Classifies a settled call, whatever the platform wrote: result objects, errors, strings, even nothing at all. */
export function classify(result: unknown): ClientOutcome {
  const text = messageOf(result)
  const code = text.slice(0, 120)
  const bare = text.toLowerCase().replace(/^[a-z]+:/, '')
  if (text === '' || /^(ok|yes|confirm)$/.test(bare)) return { kind: 'ok', code: code || 'ok' }
  const letters = bare.replace(/[^a-z0-9]/g, '')
  const found = patterns.find(([, pattern]) => pattern.test(letters))
  return { kind: found?.[0] ?? 'unknown', code }
}

/** The SDK rejects with a plain object, sometimes with an Error; an object that says nothing counts as ok. */
function messageOf(result: unknown): string {
  if (typeof result === 'string') return result || 'empty answer'
  if (result instanceof Error) return result.message || 'error'
  if (typeof result !== 'object' || result === null) return 'no result'
  const said = result as Record<string, unknown>
  const texts = ['errMsg', 'err_msg', 'errmsg', 'err_Info'].map((key) => said[key])
  const [first = '', ...others] = texts.filter((text): text is string => typeof text === 'string' && text !== '')
  const info = others[others.length - 1]
  return /:(ok|yes|confirm|cancel)$/.test(first) || info === undefined || info === first ? first : `${first} (${info})`
}
