import type { Both } from '@vouch/contract'
import { both, type Said } from '../check.ts'
import { line } from './common.ts'

/** Why an address does not answer, by the system's code. */
const reasons: Record<string, Both> = {
  ENOTFOUND: both('域名解析不到', 'the domain is not known to DNS'),
  EAI_AGAIN: both('DNS 没有应答', 'DNS does not answer'),
  ECONNREFUSED: both('没有人应答', 'nobody answers there'),
  ECONNRESET: both('连接被断开', 'the connection was cut'),
  ECONNABORTED: both('5 秒内没有应答', 'no answer within 5 seconds'),
  ETIMEDOUT: both('连不上，超时', 'no connection in time'),
  ERR_CANCELED: both('5 秒内没有应答', 'no answer within 5 seconds'),
  TimeoutError: both('5 秒内没有应答', 'no answer within 5 seconds'),
  CERT_HAS_EXPIRED: both('证书已过期', 'its certificate has expired'),
  DEPTH_ZERO_SELF_SIGNED_CERT: both('证书是自签的', 'its certificate is self-signed'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: both('证书链不全', 'its chain of certificates is not whole'),
}
export const whyOf = (code: string): Both => reasons[code] ?? line(code)

export const certificateWords = {
  plain: (): Said => ({ fact: both('地址是 http，没有证书', 'the address is http and has no certificate') }),
  fine: (days: number, issuer: string): Said => ({
    fact: both(`还有 ${days} 天到期，${issuer} 签发`, `${days} days left, issued by ${issuer}`),
  }),
  soon: (days: number): Said => ({
    fact: both(`还有 ${days} 天到期`, `${days} days left`),
    fix: both('更新证书，最好让反向代理自动续期', 'renew it; best let the reverse proxy do so by itself'),
  }),
  over: (day: string): Said => ({
    fact: both(`证书 ${day} 已过期`, `it ended on ${day}`),
    fix: both('换上新证书并重载反向代理', 'install a new certificate and reload the reverse proxy'),
  }),
  otherName: (host: string, names: string): Said => ({
    fact: both(`证书是给 ${names} 的，不含 ${host}`, `it is for ${names}, not for ${host}`),
    fix: both('换成包含这个域名的证书', 'use a certificate that names this domain'),
  }),
  untrusted: (code: string): Said => ({
    fact: both(`手机不会信任这张证书：${whyOf(code).zh}`, `phones will not trust it: ${whyOf(code).en}`),
    fix: both(
      '换成受信任机构签发的证书，并配上完整证书链',
      'use a certificate of a trusted authority, with its whole chain',
    ),
  }),
  silent: (host: string, code: string): Said => ({
    fact: both(`${host} 连不上：${whyOf(code).zh}`, `${host} cannot be reached: ${whyOf(code).en}`),
    fix: both('检查 DNS、防火墙和反向代理的 443 端口', 'look at DNS, the firewall and port 443 of the reverse proxy'),
  }),
}

export const answersWords = {
  fine: (ms: number): Said => ({ fact: both(`${ms} 毫秒应答`, `answers in ${ms} ms`) }),
  silent: (url: string, code: string): Said => ({
    fact: both(`${url} 打不开：${whyOf(code).zh}`, `${url} does not open: ${whyOf(code).en}`),
    fix: both(
      '启动服务和反向代理，核对 PUBLIC_URL；有的机房不许服务器访问自己的公网地址，要在内网 DNS 里把域名指到反向代理',
      'start server and reverse proxy, compare PUBLIC_URL; where a machine may not reach its own public address, let the internal DNS name the proxy',
    ),
  }),
  other: (url: string, status: number): Said => ({
    fact: both(`${url} 应答的不是准信（HTTP ${status}）`, `${url} is answered by something else (HTTP ${status})`),
    fix: both('反向代理要把所有路径原样转给 PORT', 'let the reverse proxy pass every path as it is to PORT'),
  }),
}

export const verifyWords = {
  none: (): Said => ({
    fact: both('还没有设置校验文件', 'no verification file is set'),
    fix: both(
      '企业微信提示“未完成域名归属验证”时，点“申请校验域名”下载 WW_verify_….txt，在下面“域名校验文件”里上传（或设 WECOM_VERIFY_NAME 和 WECOM_VERIFY_TEXT），再回去点“完成”',
      'when WeCom asks for proof of the domain, download WW_verify_….txt there, set it below (or by WECOM_VERIFY_NAME and WECOM_VERIFY_TEXT), then finish in WeCom',
    ),
  }),
  fine: (names: readonly string[]): Said => ({
    fact: both(`${names.join('、')} 在根目录能取到`, `${names.join(', ')} can be fetched at the root`),
  }),
  silent: (name: string, code: string): Said => ({
    fact: both(`${name} 取不到：${whyOf(code).zh}`, `${name} cannot be fetched: ${whyOf(code).en}`),
    fix: both('检查反向代理', 'look at the reverse proxy'),
  }),
  redirected: (name: string, to: string): Said => ({
    fact: both(`${name} 被跳转到 ${to}`, `${name} is redirected to ${to}`),
    fix: both(
      '这个文件要直接取到：反向代理不要跳转，也不要要求登录',
      'it must be had directly: no redirect and no sign-in in the reverse proxy',
    ),
  }),
  swallowed: (name: string, status: number): Said => ({
    fact: both(`${name} 取到的不是文件内容（HTTP ${status}）`, `${name} answers with something else (HTTP ${status})`),
    fix: both(
      '反向代理把它截住了：把 /WW_verify_*.txt 也转给准信',
      'the reverse proxy swallows it: pass /WW_verify_*.txt on as well',
    ),
  }),
}

export const doorWords = {
  fine: (ms: number): Said => ({
    fact: both(`自己发的加密校验 ${ms} 毫秒通过`, `our own sealed check passed in ${ms} ms`),
  }),
  slow: (ms: number): Said => ({
    fact: both(
      `校验通过，但用了 ${ms} 毫秒；企业微信只等 1 秒`,
      `it passes but takes ${ms} ms; WeCom waits one second`,
    ),
    fix: both(
      '检查服务器的负载，以及反向代理到服务之间的网络',
      'look at the load and the network between proxy and server',
    ),
  }),
  silent: (code: string): Said => ({
    fact: both(`/wecom/callback 打不开：${whyOf(code).zh}`, `/wecom/callback does not open: ${whyOf(code).en}`),
    fix: both('反向代理要把 /wecom/callback 转给准信', 'let the reverse proxy pass /wecom/callback on'),
  }),
  refused: (status: number): Said => ({
    fact: both(
      `用现在的 Token 和密钥去校验，被拒绝（HTTP ${status}）`,
      `a check with the present token and key is refused (HTTP ${status})`,
    ),
    fix: both(
      '服务还在用旧的设置：重启服务。反向代理不能改动查询串里的 + 号',
      'the server still runs with other settings: restart it. The proxy must leave + in query strings alone',
    ),
  }),
  changed: (): Said => ({
    fact: both('应答和约定的不一样', 'the answer is not what was agreed'),
    fix: both(
      '反向代理不要改动应答：不加引号、换行、BOM',
      'the proxy must not change the answer: no quotes, no line break, no BOM',
    ),
  }),
}
