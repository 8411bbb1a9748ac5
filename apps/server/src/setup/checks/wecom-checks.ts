import { jsSignature } from '@vouch/wecom/crypto'
import { checkApp, checkDomain, checkRange } from './app-checks.ts'
import { both, fault, ok, type Bench, type Check, type Found } from './check.ts'
import { checkLogin, checkToolbar } from './sign-in-checks.ts'
import { checkContact, checkMembers } from './member-checks.ts'
import { asked, hostOf } from './wecom-ask.ts'
import { clockWords } from './words/running.ts'
import { ipWords, reachWords, signatureWords, ticketWords, tokenWords } from './words/wecom.ts'

/** WeCom's Date header tells whole seconds; signatures and codes bear no more than minutes. */
const clock = { fineMs: 3_000, badMs: 60_000 }

async function checkReach({ settings, wecom }: Bench): Promise<Found> {
  const answered = (tookMs: number) => ok(reachWords.fine(hostOf(settings.WECOM_API_URL), tookMs))
  // Without a token it refuses, and that is an answer.
  const got = await asked(settings, wecom.reach, ({ tookMs }) => answered(tookMs))
  return 'found' in got ? got.found : answered(got.answer.tookMs)
}

async function checkClock({ wecom, now }: Bench): Promise<Found> {
  const { date, tookMs } = await wecom.reach()
  if (!date) return { outcome: 'not_asked', ...clockWords.noDate() }
  const apart = Math.abs(date.getTime() + 500 - (now().getTime() - tookMs / 2))
  const shown = (apart / 1_000).toFixed(1)
  if (apart <= clock.fineMs) return ok(clockWords.fine(shown))
  return { outcome: apart > clock.badMs ? 'fault' : 'warning', ...clockWords.apart(shown, clockWords.wecom) }
}

async function checkToken({ settings, wecom }: Bench): Promise<Found> {
  const got = await asked(settings, wecom.token)
  return 'found' in got ? got.found : ok(tokenWords.fine(shortened(settings.WECOM_CORP_ID ?? '')))
}

const shortened = (id: string): string => `${id.slice(0, 6)}…${id.slice(-4)}`

async function checkIp({ settings, wecom }: Bench): Promise<Found> {
  const got = await asked(
    settings,
    () => wecom.call('getcallbackip'),
    ({ errcode, seenIp }) => (errcode === 60020 ? fault(ipWords.refused(seenIp)) : undefined),
  )
  return 'found' in got ? got.found : ok(ipWords.fine())
}

/** Both tickets, because the sidebar needs both and one for the other is refused only on phones (wecom-platform.md 1.4). */
async function checkTickets({ settings, wecom }: Bench): Promise<Found> {
  const values: string[] = []
  for (const kind of ['corp', 'app'] as const) {
    const got = await asked(
      settings,
      () => wecom.ticket(kind),
      ({ errcode }) => fault(ticketWords.refused(kind, errcode)),
    )
    if ('found' in got) return got.found
    values.push(String(got.answer.body['ticket']))
  }
  return values[0] === values[1] ? fault(ticketWords.same()) : ok(ticketWords.fine())
}

/** wecom-platform.md 1.5 */
const sample = {
  ticket: 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
  nonceStr: 'Wm3WZYTPz0wzccnW',
  timestamp: 1_414_587_457,
  url: 'http://mp.weixin.qq.com?params=value',
}
const checkSignature = (): Found =>
  jsSignature(sample) === '0f9de62fce790f9a083d5c99e95740ceb90c27ed'
    ? ok(signatureWords.fine())
    : fault(signatureWords.wrong())

const outgoing = both('服务器的出网设置', 'the outgoing network of the server')
const appPage = both('管理后台 > 应用管理 > 自建 > 我们的应用', 'admin console > App management > self-built > our app')
const credentials = ['WECOM_API_URL', 'WECOM_CORP_ID', 'WECOM_AGENT_SECRET'] as const

export const wecomChecks = {
  'wecom.reach': {
    group: 'wecom',
    title: both('连得上', 'Reachable'),
    where: outgoing,
    settings: ['WECOM_API_URL'],
    run: checkReach,
  },
  'time.wecom': {
    group: 'wecom',
    title: both('时间', 'Clock'),
    where: both('服务器的系统设置', 'the system settings of the server'),
    settings: ['WECOM_API_URL'],
    after: ['wecom.reach'],
    run: checkClock,
  },
  'wecom.token': {
    group: 'wecom',
    title: both('企业 ID 和密钥', 'Corp id and secret'),
    where: both(
      '管理后台 > 我的企业 > 企业信息；应用管理 > 我们的应用 > Secret',
      'admin console > My company > Company information; App management > our app > Secret',
    ),
    settings: credentials,
    after: ['wecom.reach'],
    run: checkToken,
  },
  'wecom.ip': {
    group: 'wecom',
    title: both('可信 IP', 'Trusted IP'),
    where: both(
      '管理后台 > 应用管理 > 我们的应用 > 企业可信 IP',
      'admin console > App management > our app > Trusted IPs',
    ),
    settings: credentials,
    after: ['wecom.token'],
    run: checkIp,
  },
  'wecom.app': {
    group: 'wecom',
    title: both('应用', 'The app'),
    where: appPage,
    settings: [...credentials, 'WECOM_AGENT_ID'],
    after: ['wecom.ip'],
    run: checkApp,
  },
  'wecom.range': {
    group: 'wecom',
    title: both('可见范围', 'Visible range'),
    where: both(
      '管理后台 > 应用管理 > 我们的应用 > 可见范围',
      'admin console > App management > our app > Visible range',
    ),
    settings: [...credentials, 'WECOM_AGENT_ID'],
    after: ['wecom.app'],
    run: checkRange,
  },
  'wecom.domain': {
    group: 'wecom',
    title: both('可信域名', 'Trusted domain'),
    where: both(
      '管理后台 > 应用管理 > 我们的应用 > 网页授权及 JS-SDK',
      'admin console > App management > our app > Web authorisation and JS-SDK',
    ),
    settings: [...credentials, 'WECOM_AGENT_ID', 'PUBLIC_URL'],
    after: ['wecom.app'],
    run: checkDomain,
  },
  'wecom.contact': {
    group: 'wecom',
    title: both('客户联系', 'Customer contact'),
    where: both(
      '管理后台 > 客户与上下游 > 客户联系 > 可调用接口的应用',
      'admin console > Customer contact > apps that may call',
    ),
    settings: credentials,
    after: ['wecom.ip'],
    run: checkContact,
  },
  'wecom.members': {
    group: 'wecom',
    title: both('代表的权限', 'Reps in reach'),
    where: both(
      '管理后台 > 应用 > 可见范围；客户联系 > 权限配置 > 使用范围',
      'admin console > the app > Visible range; Customer contact > permissions > scope',
    ),
    settings: [...credentials, 'DATABASE_URL'],
    after: ['wecom.contact', 'data.migrations'],
    run: checkMembers,
  },
  'wecom.tickets': {
    group: 'wecom',
    title: both('JS-SDK 票据', 'JS-SDK tickets'),
    where: appPage,
    settings: credentials,
    after: ['wecom.ip'],
    run: checkTickets,
  },
  'wecom.signature': {
    group: 'wecom',
    title: both('JS 签名自测', 'JS signature'),
    cheap: true,
    run: checkSignature,
  },
  'wecom.login': {
    group: 'wecom',
    title: both('扫码登录', 'Web login'),
    where: both(
      '管理后台 > 应用管理 > 我们的应用 > 企业微信授权登录',
      'admin console > App management > our app > WeCom login',
    ),
    settings: ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_LOGIN_URL', 'PUBLIC_URL'],
    run: checkLogin,
  },
  'wecom.toolbar': {
    group: 'wecom',
    title: both('聊天工具栏', 'Chat toolbar'),
    where: both(
      '管理后台 > 客户联系 > 聊天工具 > 聊天工具栏管理',
      'admin console > Customer contact > chat tools > chat toolbar',
    ),
    settings: ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'PUBLIC_URL', 'DATABASE_URL'],
    after: ['data.migrations'],
    run: checkToolbar,
  },
} satisfies Record<string, Check>
