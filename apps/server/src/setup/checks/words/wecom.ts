import type { Both } from '@vouch/contract'
import { both, type Said } from '../check.ts'
import { line } from './common.ts'
import { whyOf } from './web.ts'
import { refused } from './wecom-refusals.ts'

export const silent = (host: string, code: string): Said => ({
  fact: both(`${host} 没有应答：${whyOf(code).zh}`, `${host} does not answer: ${whyOf(code).en}`),
  fix: both(
    '放行服务器到这个地址的 443 端口，检查 DNS 和出网代理',
    'let the server reach port 443 there; look at DNS and the outgoing proxy',
  ),
})

export const reachWords = {
  fine: (host: string, ms: number): Said => ({ fact: both(`${host} ${ms} 毫秒应答`, `${host} answers in ${ms} ms`) }),
}
export const tokenWords = {
  fine: (corpId: string): Said => ({ fact: both(`${corpId} 的密钥可用`, `the secret of ${corpId} works`) }),
}
export const ipWords = {
  fine: (): Said => ({ fact: both('出口 IP 可信', 'our address is trusted') }),
  refused: (seenIp: string | null): Said => ({
    fact: both(
      `60020：企业微信看到的出口 IP 是 ${seenIp ?? '未知'}，不可信`,
      `60020: WeCom sees us come from ${seenIp ?? 'an unknown address'}, which is not trusted`,
    ),
    fix: both(
      `把 ${seenIp ?? '服务器的出口 IP'} 加进企业可信 IP（多个用分号隔开），等 1 分钟再查。要先有可信域名才能填`,
      `add ${seenIp ?? 'the outgoing address of the server'} to the trusted IPs (separated by semicolons), wait a minute, check again. A trusted domain must be set before`,
    ),
  }),
}
export const appWords = {
  fine: (name: string, agentId: string): Said => ({
    fact: both(`“${name}”（${agentId}）已启用`, `“${name}” (${agentId}) is enabled`),
  }),
  closed: (name: string): Said => ({
    fact: both(`“${name}”被停用`, `“${name}” is disabled`),
    fix: both('到应用页面重新启用', 'enable it on the app’s page'),
  }),
}
export const rangeWords = {
  fine: (members: number, parties: number, tags: number): Said => ({
    fact: both(
      `${members} 位成员、${parties} 个部门、${tags} 个标签`,
      `${members} members, ${parties} departments, ${tags} tags`,
    ),
  }),
  empty: (): Said => ({
    fact: both('应用对谁都不可见', 'the app is visible to nobody'),
    fix: both('可见范围选上所有代表（选部门最省事）', 'let the visible range hold all reps, best by department'),
  }),
}
export const domainWords = {
  fine: (host: string): Said => ({ fact: both(host, host) }),
  none: (host: string): Said => ({
    fact: both('应用还没有可信域名', 'the app has no trusted domain'),
    fix: both(`可信域名填 ${host}，并完成域名归属验证`, `set ${host} and prove that it is yours`),
  }),
  other: (trusted: string, host: string): Said => ({
    fact: both(`可信域名是 ${trusted}，我们用的是 ${host}`, `trusted is ${trusted}, we are at ${host}`),
    fix: both(
      `可信域名改成 ${host}（要完全一样，子域名不算；一个月最多改 20 次），或改 PUBLIC_URL`,
      `trust ${host} (the very same, subdomains do not count; 20 changes a month), or change PUBLIC_URL`,
    ),
  }),
}
export const contactWords = {
  fine: (members: number): Said => ({
    fact: both(`可调用，${members} 位成员有客户联系`, `callable; ${members} members have the feature`),
  }),
  nobody: (): Said => ({
    fact: both('可调用，但没有一位成员有客户联系', 'callable, but no member has the feature'),
    fix: both('客户联系 > 权限配置 > 使用范围，选上所有代表', 'Customer contact > permissions > scope: add all reps'),
  }),
  notCallable: (): Said => ({
    fact: both('48002：应用不能调用客户联系接口', '48002: the app may not call customer contact'),
    fix: both(
      '客户联系 > 可调用接口的应用，加上我们的应用，等 1 分钟再查；WECOM_AGENT_SECRET 要是这个应用的',
      'Customer contact > apps that may call: add ours, wait a minute; WECOM_AGENT_SECRET must be of that app',
    ),
  }),
}
export const membersWords = {
  nobody: (): Said => ({
    fact: both('名单里还没有代表', 'we know no reps yet'),
    fix: both('先载入公司资料，或在“人员”里加上代表', 'load the company or add reps under people first'),
  }),
  fine: (count: number): Said => ({ fact: both(`${count} 位代表都在`, `all ${count} reps are in`) }),
  outside: (count: number): Said => ({
    fact: both(`${count} 位代表用不了`, `reps left out: ${count}`),
    fix: both(
      '不在可见范围的：应用 > 可见范围；没有客户联系的：客户联系 > 权限配置 > 使用范围',
      'outside the range: the app > visible range; without the feature: Customer contact > permissions > scope',
    ),
  }),
  noRange: (name: string): Both => both(`${name}：不在应用的可见范围`, `${name}: outside the app’s visible range`),
  noFeature: (name: string): Both => both(`${name}：没有客户联系的权限`, `${name}: without customer contact`),
  unknown: (name: string): Both => both(`${name}：企业微信里没有这个人`, `${name}: WeCom knows no such member`),
  more: (count: number): Both => both(`还有 ${count} 位`, `${count} more`),
}
export const ticketWords = {
  fine: (): Said => ({ fact: both('企业和应用的票据都有，且不相同', 'corp and app ticket are there and differ') }),
  refused: (kind: 'corp' | 'app', errcode: number): Said => {
    const { fact, fix } = refused(errcode)
    const which = kind === 'corp' ? both('企业票据', 'the corp ticket') : both('应用票据', 'the app ticket')
    return {
      fact: both(`${which.zh}取不到，${fact.zh}`, `${which.en} is not to be had, ${fact.en}`),
      ...(fix ? { fix } : {}),
    }
  },
  same: (): Said => ({
    fact: both(
      '两张票据相同，侧边栏的签名会被拒绝（40093）',
      'both tickets are the same: signatures of the sidebar will be refused (40093)',
    ),
    fix: both('检查出网代理是否缓存了 /cgi-bin/ 的应答', 'see whether an outgoing proxy keeps answers of /cgi-bin/'),
  }),
}
export const signatureWords = {
  fine: (): Said => ({ fact: both('官方样例算得对', 'the official sample comes out right') }),
  wrong: (): Said => ({
    fact: both('官方样例算得不对', 'the official sample comes out wrong'),
    fix: both('重新安装同一版本的准信，再查一次', 'install this version of Vouch again, then check again'),
  }),
}
export const loginWords = {
  used: (when: string): Said => ({
    fact: both(`最近一次扫码登录控制台 ${when}`, `last sign-in to the console by WeCom ${when}`),
  }),
  refused: (code: string, host: string): Said => ({
    fact: both(
      `登录页拒绝了（${code}）：回调域不是 ${host}`,
      `the login page refuses (${code}): its callback domain is not ${host}`,
    ),
    fix: both(
      `企业微信授权登录 > Web 网页，授权回调域填 ${host}（带端口就写端口，不写 https://）`,
      `WeCom login > web page: set ${host} as callback domain, with its port, without https://`,
    ),
  }),
  unproved: (): Said => ({
    fact: both(
      '登录页没有报错；一天内没有人扫码登录过',
      'the login page shows no error; nobody signed in by WeCom within a day',
    ),
    fix: both('用企业微信扫码登录一次控制台', 'sign in to the console with WeCom once'),
  }),
}
export const toolbarWords = {
  used: (when: string): Said => ({
    fact: both(`最近一次从侧边栏登录 ${when}`, `last sign-in from the sidebar ${when}`),
  }),
  ask: (url: string): Said => ({
    fact: both(
      '接口查不到；一天内没有代表从侧边栏登录过',
      'cannot be asked; no rep signed in from the sidebar within a day',
    ),
    details: [line(url)],
    fix: both(
      '把上面的地址配到聊天工具栏，请一位代表在客户聊天里点开一次',
      'set the address above in the chat toolbar and let a rep open it once in a chat with a customer',
    ),
  }),
}
