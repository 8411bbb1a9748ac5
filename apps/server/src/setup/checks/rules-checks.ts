import { findChoices, findWords } from '../../company/company-queries.ts'
import { both, databaseOf, fault, ok, warning, type Bench, type Check, type Found } from './check.ts'
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

/** Without them doctors cannot tell who sends, nor whom to call, and no piece can be begun. */
async function checkCompany(bench: Bench): Promise<Found> {
  const db = databaseOf(bench)
  const [words, products] = await Promise.all([findWords(db), findChoices(db, 'products')])
  const missing = [
    ...(words.name === '' ? [rulesWords.companyName] : []),
    ...(words.safetyPhone === '' && words.safetyEmail === '' ? [rulesWords.safetyContact] : []),
    ...(products.length === 0 ? [rulesWords.product] : []),
  ]
  return missing.length > 0
    ? fault(rulesWords.companyLacks(missing))
    : ok(rulesWords.company(words.name, products.length))
}

/** Two rights no installation does without: to set it up, and to give roles, which takes two people. */
async function checkAdministrators(bench: Bench): Promise<Found> {
  const rows = await databaseOf(bench)
    .selectFrom('personRole')
    .innerJoin('person', 'person.id', 'personRole.personId')
    .select(['personRole.role', (eb) => eb.fn.countAll<number>().as('count')])
    .where('person.status', '=', 'active')
    .where('personRole.role', 'in', ['system_admin', 'security_admin'])
    .where((eb) => eb.or([eb('personRole.until', 'is', null), eb('personRole.until', '>', bench.now())]))
    .groupBy('personRole.role')
    .execute()
  const countOf = (role: string) => Number(rows.find((row) => row.role === role)?.count ?? 0)
  const [system, security] = [countOf('system_admin'), countOf('security_admin')]
  if (system + security === 0) return fault(rulesWords.nobodyAdministers())
  if (system === 0) return warning(rulesWords.noSystemAdmin())
  return security < 2
    ? warning(rulesWords.fewSecurityAdmins(security))
    : ok(rulesWords.administrators(system, security))
}

export const rulesChecks = {
  'rules.administrators': {
    group: 'rules',
    title: both('管理员', 'Administrators'),
    where: both('控制台 > 人员', 'console > people'),
    settings: ['DATABASE_URL'],
    after: ['data.migrations'],
    run: checkAdministrators,
  },
  'rules.company': {
    group: 'rules',
    title: both('公司', 'Company'),
    where: both('控制台 > 公司', 'console > Company'),
    settings: ['DATABASE_URL'],
    after: ['data.migrations'],
    run: checkCompany,
  },
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
