import type { PolicySetting, SendDetail } from '@vouch/contract'
import type { WireRefusal } from '../api.ts'
import { asTime } from '../policy-lines.ts'
import { useConsentText } from '../text/consents.ts'
import { dayAndClock } from '../text/format.ts'
import { useText } from '../text/index.ts'
import { usePolicyText } from '../text/use-policy-text.ts'
import { useSendsText } from '../text/use-sends-text.ts'
import { useWeighedText } from '../text/use-weighed-text.ts'

type Line = { term: string; is: string }
type Kept = SendDetail['weighed'][number]

/** What was kept of one decision, in words. What an older or newer record calls otherwise stays as it was kept. */
export function useWeighedLines() {
  const t = useText()
  const s = useSendsText()
  const c = useConsentText()
  const p = usePolicyText()
  const w = useWeighedText()

  const told: Record<string, (value: string) => string> = {
    'consent.textVersion': (value) => s.value.version(Number(value)),
    'consent.oldestValidVersion': (value) => s.value.version(Number(value)),
    'consent.newest.textVersion': (value) => s.value.version(Number(value)),
    'consent.newest.purpose': (value) => c.value.purpose(value),
    'consent.newest.statement': (value) => s.value.consent.statement[value] ?? value,
    'content.state': (value) => t.value.content.lifeWord(value),
    'content.class': (value) => (t.value.content.classes as Record<string, string>)[value] ?? value, // of more than one word
    'account.wishes.quietHours.quietFrom': (value) => asTime(Number(value)),
    'account.wishes.quietHours.quietUntil': (value) => asTime(Number(value)),
    'refusals.reason': (value) => t.value.send.reason(value as WireRefusal['reason']), // what is unknown stays as it is
  }

  function factLine({ name, value }: Kept): Line {
    const path = name.replace(/\.\d+(?=\.)/, '') // one reason of several
    return { term: (w.value.names as Record<string, string>)[path] ?? name, is: inWords(path, value) }
  }

  function inWords(path: string, value: string): string {
    if (value === '-' || value === '') return w.value.none
    if (value === 'true' || value === 'false') return value === 'true' ? w.value.yes : w.value.no
    if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return dayAndClock(new Date(value))
    return told[path]?.(value) ?? value
  }

  const ruleLine = ({ name, value }: Kept): Line => ({
    term: p.value.label[name as PolicySetting] ?? name, // a setting, unless the record is older
    is: p.value.value(name, value === '-' ? '' : value),
  })

  function consentLines(said: NonNullable<SendDetail['consent']>): Line[] {
    const { consent: words, version } = s.value
    return [
      { term: words.said, is: words.statement[said.statement] ?? said.statement },
      { term: words.text, is: [version(said.textVersion), said.textTitle].filter(Boolean).join(' · ') },
      { term: words.language, is: c.value.languages[said.language] ?? said.language },
      { term: words.at, is: dayAndClock(said.statedAt) },
      { term: words.identity, is: c.value.identity(said.identity) },
      { term: words.channel, is: c.value.channel(said.channel) },
      { term: words.hash, is: said.textHash },
    ]
  }

  return { factLine, ruleLine, consentLines }
}
