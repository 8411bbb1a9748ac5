import { access, constants } from 'node:fs/promises'
import { isIP } from 'node:net'
import { examineSettings, settingNames } from '../../config.ts'
import { both, fault, notAsked, ok, warning, type Bench, type Check, type Found } from './check.ts'
import { addressWords, programsWords, secretsWords, settingsWords } from './words/config.ts'

const environment = both(
  '服务器的环境变量，说明见 deploy/environment.example',
  'the environment of the server, see deploy/environment.example',
)

function checkSettings(bench: Bench): Found {
  const { faults } = examineSettings(bench.environment)
  return faults.length === 0 ? ok(settingsWords.fine(settingNames.length)) : fault(settingsWords.faulty(faults))
}

function checkAddress({ settings, demo }: Bench): Found {
  const url = new URL(settings.PUBLIC_URL ?? '')
  if (demo) return ok(addressWords.demo(url.origin))
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host)) return fault(addressWords.ipAddress(host))
  if (url.protocol !== 'https:') return fault(addressWords.notHttps(url.origin))
  if (url.port) return fault(addressWords.withPort(url.port))
  if (url.pathname !== '/') return fault(addressWords.withPath(url.pathname))
  return settings.PUBLIC_PROXIES === 0 ? warning(addressWords.noProxy()) : ok(addressWords.fine(url.origin))
}

const secretNames = [
  ...([
    'SECRET_KEY',
    'SECRET_KEY_ALSO',
    'WECOM_AGENT_SECRET',
    'WECOM_CALLBACK_TOKEN',
    'WECOM_CALLBACK_AES_KEY',
  ] as const),
  ...(['FILES_KEY_SECRET', 'VAULT_PASSWORD'] as const),
]
/** Words of examples, and values of one sign over and over. */
const example = /^(.)\1+$|change.?me|placeholder|your[-_]?secret|example|^<.*>$|^x{4,}/i

function checkSecrets({ settings, demo }: Bench): Found {
  const given = secretNames.filter((name) => settings[name])
  const examples: string[] = given.filter((name) => example.test(String(settings[name])))
  if (/:PASSWORD@/.test(settings.DATABASE_URL ?? '')) examples.unshift('DATABASE_URL')
  if (examples.length > 0) return fault(secretsWords.placeholder(examples))
  const repeated = given.filter((name) => given.some((other) => other !== name && settings[other] === settings[name]))
  if (repeated.length > 0) return fault(secretsWords.same(repeated))
  if (demo && /\.weixin\.qq\.com/.test(settings.WECOM_API_URL ?? '')) return fault(secretsWords.demoCorp())
  return ok(secretsWords.fine())
}

async function checkPrograms({ settings }: Bench): Promise<Found> {
  const names = (['SOFFICE_PATH', 'FFMPEG_PATH'] as const).filter((name) => settings[name])
  if (names.length === 0) return notAsked(programsWords.none())
  const there = await Promise.all(
    names.map((name) =>
      access(settings[name] ?? '', constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  )
  const missing = names.filter((_, nth) => !there[nth])
  return missing.length === 0 ? ok(programsWords.fine(names)) : warning(programsWords.missing(missing))
}

export const configChecks = {
  'cfg.settings': {
    group: 'config',
    title: both('设置', 'Values'),
    where: environment,
    cheap: true,
    run: checkSettings,
  },
  'cfg.address': {
    group: 'config',
    title: both('公开地址', 'Public address'),
    where: environment,
    cheap: true,
    settings: ['PUBLIC_URL'],
    run: checkAddress,
  },
  'cfg.secrets': {
    group: 'config',
    title: both('密钥', 'Secrets'),
    where: environment,
    cheap: true,
    run: checkSecrets,
  },
  'cfg.programs': {
    group: 'config',
    title: both('附加程序', 'Programs'),
    where: environment,
    cheap: true,
    run: checkPrograms,
  },
} satisfies Record<string, Check>
