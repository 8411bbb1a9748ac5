import { both, type Said } from '../check.ts'

export const keyWords = {
  fine: (): Said => ({
    fact: both('43 位，官方样例和自己加的密都能解开', '43 characters; the official sample and our own message open'),
  }),
  broken: (): Said => ({
    fact: both('加解密自测没有通过', 'the cipher’s self-test fails'),
    fix: both('重新安装同一版本的准信，再查一次', 'install this version of Vouch again, then check again'),
  }),
}

export const eventsWords = {
  fine: (when: string): Said => ({ fact: both(`最近一次事件 ${when}`, `last event ${when}`) }),
  old: (days: number, when: string): Said => ({
    fact: both(`${days} 天没有事件，最近一次 ${when}`, `no event for ${days} days, the last ${when}`),
    fix: both(
      '让一位代表改一下客户备注：几秒内应有事件。没有的话，在“接收消息”里重新保存一次，并确认勾选“外部联系人变更回调”',
      'let a rep change a remark of a customer: an event comes within seconds. If not, save “Receive messages” again with the external contact events ticked',
    ),
  }),
  never: (): Said => ({
    fact: both('还没有收到过事件', 'no event has ever come'),
    fix: both(
      '在“接收消息”里填回调地址、Token 和 EncodingAESKey，勾选“外部联系人变更回调”后保存；再让一位代表改一下客户备注',
      'set address, token and EncodingAESKey under “Receive messages”, tick the external contact events and save; then let a rep change a remark of a customer',
    ),
  }),
  refused: (when: string, because: string): Said => ({
    fact: both(
      `${when} 有一条回调解不开（${because}），此后没有收到好的`,
      `a callback of ${when} could not be opened (${because}), and no good one came since`,
    ),
    fix: both(
      '企业微信那边的 Token 或 EncodingAESKey 和服务器上的不一样：两边改成一致，保存，重启服务',
      'token or EncodingAESKey in WeCom differ from those of the server: make them equal, save, restart the server',
    ),
  }),
  stale: (when: string): Said => ({
    fact: both(
      `${when} 有一条回调的时间差了 10 分钟以上，被拒绝`,
      `a callback of ${when} was refused: its time is more than 10 minutes off`,
    ),
    fix: both('给服务器开启 NTP 对时', 'let NTP set the clock of the server'),
  }),
}

export const vaultWords = {
  none: (): Said => ({
    fact: both(
      '没有连 Veeva Vault，内容在控制台里审批',
      'no Veeva Vault is connected; content is approved in the console',
    ),
  }),
  partly: (missing: readonly string[]): Said => ({
    fact: both(`设了 VAULT_URL，还缺 ${missing.join('、')}`, `VAULT_URL is set, ${missing.join(', ')} is not`),
    fix: both('补上，或三个都清空', 'set it as well, or clear all three'),
  }),
  set: (host: string): Said => ({ fact: both(host, host) }),
  fine: (vaultId: number): Said => ({ fact: both(`已登录 Vault ${vaultId}`, `signed in to vault ${vaultId}`) }),
  noMapping: (vaultId: number): Said => ({
    fact: both(
      `已登录 Vault ${vaultId}，还没有设置怎么读文档`,
      `signed in to vault ${vaultId}, but how documents are read is not set`,
    ),
    fix: both('在控制台设置映射，试读之后保存', 'set the mapping in the console, try it, save it'),
  }),
  stopped: (type: string): Said => ({
    fact: both(`Vault 拒绝登录：${type || '未说明'}`, `Vault refuses the sign-in: ${type || 'no reason given'}`),
    fix: both(
      '核对 VAULT_USER 和 VAULT_PASSWORD，在 Vault 里给账号解锁；改好重启后，在控制台 Veeva Vault 页点“现在核对”',
      'compare VAULT_USER and VAULT_PASSWORD, unlock the user in Vault; after a restart have it compared on the Vault page of the console',
    ),
  }),
  other: (): Said => ({
    fact: both('登录到的是另一个 Vault，不是 VAULT_URL 那个', 'the sign-in leads to another vault than VAULT_URL'),
    fix: both('在 Vault 里给这个账号加上对应的 Vault 的权限', 'give this user access to that vault'),
  }),
  away: (problem: string): Said => ({
    fact: both(`Vault 现在问不到：${problem}`, `Vault cannot be asked now: ${problem}`),
    fix: both(
      '检查 VAULT_URL 和到 Vault 的网络；限流或维护的话稍后再查',
      'look at VAULT_URL and the network to it; when it is limited or maintained, check again later',
    ),
  }),
}
