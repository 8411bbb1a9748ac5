import { both, databaseOf, fault, ok, type Bench, type Check, type Found } from './check.ts'
import { rulesWords } from './words/running.ts'

const wholeDayMinutes = 1_440

async function checkCaps(bench: Bench): Promise<Found> {
  const policy = await databaseOf(bench)
    .selectFrom('policy')
    .select(['sendsPerMonth', 'quietFrom', 'quietUntil'])
    .where('holdsFrom', '<=', bench.now())
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!policy) return fault(rulesWords.noPolicy())
  const { sendsPerMonth, quietFrom, quietUntil } = policy
  if (sendsPerMonth < 1) return fault(rulesWords.nobody(sendsPerMonth))
  return quietUntil - quietFrom >= wholeDayMinutes ? fault(rulesWords.night()) : ok(rulesWords.caps(sendsPerMonth))
}

async function checkConsent(bench: Bench): Promise<Found> {
  const texts = await databaseOf(bench)
    .selectFrom('consentText')
    .select(['version', 'language'])
    .where('purpose', '=', 'receive')
    .where('activeFrom', '<=', bench.now())
    .orderBy('version', 'desc')
    .limit(2)
    .execute()
  const version = texts[0]?.version
  if (version === undefined) return fault(rulesWords.noConsent())
  const has = (language: string) => texts.some((text) => text.version === version && text.language.startsWith(language))
  if (!has('zh')) return fault(rulesWords.oneLanguage(version, '中文 / Chinese'))
  return has('en') ? ok(rulesWords.consent(version)) : fault(rulesWords.oneLanguage(version, '英文 / English'))
}

export const rulesChecks = {
  'rules.caps': {
    group: 'rules',
    title: both('发送上限', 'Limits of sending'),
    where: both('控制台 > 设置', 'console > settings'),
    settings: ['DATABASE_URL'],
    after: ['data.migrations'],
    run: checkCaps,
  },
  'rules.consent': {
    group: 'rules',
    title: both('同意书', 'Consent text'),
    where: both('控制台 > 同意 > 同意书', 'console > consents > texts'),
    settings: ['DATABASE_URL'],
    after: ['data.migrations'],
    run: checkConsent,
  },
} satisfies Record<string, Check>
