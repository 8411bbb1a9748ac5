import type { OwnRecords } from './hcp-page.ts'
import { day, minute } from './shanghai-date.ts'
import type { Text } from './text/index.ts'

type Key =
  | ('person' | 'contacts' | 'consents' | 'papers' | 'received' | 'openings' | 'reading')
  | ('wishes' | 'requests' | 'safetyReports' | 'asks' | 'access')
  | ('welcomes' | 'changes' | 'claims' | 'servedBy')
export type CopySection = { key: Key; rows: [label: string, value: string][][] }

/** The records in words: for each thing held, what it is called and what it says; what is empty is left out. */
export function copySections(records: OwnRecords, text: Text): CopySection[] {
  const words = text.own.copy.field
  const yes = (is: boolean): string => (is ? words.yes : words.no)
  const { person, wishes } = records
  const rows = (all: [string, string][][]) => all.map((row) => row.filter(([, value]) => value !== ''))
  const sections: CopySection[] = [
    {
      key: 'person',
      rows: person
        ? [
            [
              [words.name, person.name],
              [words.title, person.title],
              [words.hospital, person.hospital],
              [words.department, person.department],
              [words.specialty, person.specialty],
              [words.territory, person.territory],
              [words.licence, person.licenceNumber],
              [words.verified, yes(person.verified)],
              [words.paused, person.pausedUntil ? minute(person.pausedUntil) : ''],
            ],
          ]
        : [],
    },
    {
      key: 'contacts',
      rows: records.contacts.map((one) => [
        [words.nickname, one.nickname],
        [words.rep, one.rep],
        [words.remark, one.remark],
        [words.connected, yes(one.connected)],
      ]),
    },
    {
      key: 'consents',
      rows: records.consents.map((one) => [
        [words.time, minute(one.at)],
        [words.about, text.consent.purpose[one.purpose]],
        [words.decision, text.consent.state[one.statement === 'opted_out' ? 'withdrawn' : one.statement]],
        [words.text, text.consent.version(one.textVersion)],
        [words.channel, said(text.own.copy.channel, one.channel)],
        [words.identity, said(text.own.copy.identity, one.identity)],
      ]),
    },
    {
      key: 'papers',
      rows: records.papers.map((one) => [
        [words.signed, day(one.at)],
        [words.about, one.purposes.map((purpose) => text.consent.purpose[purpose]).join(' · ')],
        [words.time, minute(one.enteredAt)],
        [words.decision, text.own.copy.paper[one.stage]],
      ]),
    },
    {
      key: 'received',
      rows: records.sends.map((one) => [
        [words.time, minute(one.at)],
        [words.material, `${one.title} v${one.version}`],
        [words.rep, one.rep],
        [words.number, one.number],
      ]),
    },
    {
      key: 'openings',
      rows: records.openings.map((one) => [
        [words.time, minute(one.at)],
        [words.material, one.title],
        [words.by, one.by === 'addressee' ? words.you : words.others],
      ]),
    },
    {
      key: 'reading',
      rows: records.reading.map((one) => [
        [words.time, minute(one.at)],
        [words.material, one.title],
        [words.page, String(one.page)],
        [words.seconds, String(one.seconds)],
      ]),
    },
    {
      key: 'wishes',
      rows: wishes
        ? [
            [
              [words.unwanted, wishes.unwanted.join(' · ')],
              [words.most, wishes.mostPerMonth === null ? '' : String(wishes.mostPerMonth)],
              [words.quiet, quietOf(wishes)],
            ],
          ]
        : [],
    },
    {
      key: 'requests',
      rows: records.requests.map((one) => [
        [words.time, minute(one.filedAt)],
        [words.number, one.receipt],
        [words.about, text.own[one.kind].title],
        [words.words, one.wording],
        [words.answer, one.answer],
      ]),
    },
    {
      key: 'safetyReports',
      rows: records.safetyReports.map((one) => [
        [words.time, minute(one.at)],
        [words.number, one.number],
        [text.safety.happened, one.happened],
        [text.safety.product, one.product],
        [text.safety.occurred, one.occurred],
        [text.safety.seriousness, text.safety.levels[one.seriousness].name],
        [words.contact, one.contact],
      ]),
    },
    {
      key: 'asks',
      rows: records.asks.map((one) => [
        [words.time, minute(one.at)],
        [words.material, one.title],
        [words.rep, one.rep],
      ]),
    },
    ...toldSections(records, text),
    {
      key: 'access',
      rows: records.access.map((one) => [
        [words.time, minute(one.at)],
        [words.by, words.actor[one.by]],
        [words.what, said(text.own.copy.event, one.event)],
      ]),
    },
  ]
  return sections.map(({ key, rows: all }) => ({ key, rows: rows(all) }))
}

/** What others said to them or about them. */
function toldSections({ welcomes, changes, claims, servedBy }: OwnRecords, text: Text): CopySection[] {
  const words = text.own.copy.field
  return [
    {
      key: 'welcomes',
      rows: welcomes.map((one) => [
        [words.time, minute(one.at)],
        [words.rep, one.rep],
        [words.words, one.wording],
      ]),
    },
    {
      key: 'servedBy',
      rows: servedBy.map((one) => [
        [words.rep, one.rep],
        [words.territory, one.territory],
        [words.productLine, one.productLine],
        [words.from, one.from ?? ''],
        [words.until, one.until ?? ''],
      ]),
    },
    {
      key: 'changes',
      rows: changes.map((one) => [
        [words.time, minute(one.at)],
        [words.rep, one.rep],
        [words.name, one.name],
        [words.title, one.title],
        [words.hospital, one.hospital],
        [words.department, one.department],
        [words.licence, one.licenceNumber],
        [words.words, one.note],
      ]),
    },
    {
      key: 'claims',
      rows: claims.map((one) => [
        [words.time, minute(one.at)],
        [words.about, text.consent.purpose[one.purpose]],
        [words.words, one.claimed],
        [words.signed, one.statedAt ? day(one.statedAt) : ''],
        [words.source, one.source],
      ]),
    },
  ]
}

/** The word for what a record says; a code that has none stays as it is. */
const said = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const quietOf = ({ quietFrom, quietUntil }: NonNullable<OwnRecords['wishes']>): string =>
  quietFrom === null || quietUntil === null ? '' : `${clock(quietFrom)}–${clock(quietUntil)}`
