import type { PasskeyFault } from '../composables/use-passkey.ts'

/** Signing in without WeCom, in Chinese. */
export const local = {
  means: '只给首次安装和应急用。每次登录和操作都会通知其他管理员。',
  name: '名称',
  password: '密码',
  code: '动态码或恢复码',
  codeHint: '手机身份验证器上的 6 位数字，每个只能用一次。手机丢了用恢复码。',
  press: '登录',
  back: '返回',
  wrong: '名称、密码或动态码不对，没有登录。动态码只能用一次，用过请等下一个。',
  tooMany: (minutes: number) => `试错太多，请 ${minutes} 分钟后再试。急用的话，在服务器上运行 admin 命令重新设置。`,
  passkey: {
    signIn: '用通行密钥代替动态码登录',
    prove: '用通行密钥确认',
    failed: {
      cancelled: '没有用上通行密钥：取消了，或者等得太久。可以再试，也可以填动态码。',
      known: '没有用上通行密钥。可以再试，也可以填动态码。',
      unable: '这个浏览器或设备用不上通行密钥，请填动态码。',
    } satisfies Record<PasskeyFault, string>,
    wrong: '名称、密码或通行密钥不对，没有登录。也可以填动态码。',
    refused: '这个通行密钥没有通过。可以再试，也可以填动态码。',
  },
  passkeys: {
    title: '通行密钥',
    means:
      '登录和再次确认时，用指纹、面容或设备密码代替动态码。动态码和恢复码照常能用。添加、删除和使用都会通知其他管理员。',
    none: '还没有通行密钥。',
    facts: (added: string, used: string | null): string => `${added} 添加 · ${used ? `${used} 用过` : '还没用过'}`,
    name: '新通行密钥的名称',
    nameHint: '写清是哪台设备，例如：办公室的电脑。',
    add: '添加通行密钥',
    added: (name: string) => `已添加“${name}”。下次登录可以用它代替动态码。`,
    notAdded: {
      cancelled: '没有添加：取消了，或者等得太久。可以再试。',
      known: '没有添加：这台设备上已经有您的通行密钥。',
      unable: '没有添加：这个浏览器或设备不能保存通行密钥。动态码照常能用。',
      refused: '没有添加：通行密钥没有通过检查，或者隔得太久。可以再试。',
    } satisfies Record<PasskeyFault | 'refused', string>,
    notHere: '这个浏览器不支持通行密钥。要添加，请换一个浏览器登录。',
    remove: '删除',
    removeOne: (name: string) => `删除通行密钥“${name}”`,
    removeMeans: '删除后不能再用它登录；设备里存的那一份，请到设备上删。动态码照常能用。',
    removed: (name: string) => `已删除“${name}”。`,
    keep: '不删',
  },
  setUp: {
    page: '设置本地管理员',
    again: (name: string) => `重新设置 ${name} 的登录方式`,
    role: (role: string) => `角色：${role}`,
    ends: (clock: string) => `链接到 ${clock} 失效，只能用一次。`,
    over: '这个链接已用过、已过期，或者不完整。请在服务器上重新运行 admin 命令。',
    nameHint: '登录时要填，也会写进审计记录。',
    passwordHint: '至少 12 个字符，别用常见词、姓名、年份、键盘顺序。',
    app: '身份验证器',
    scan: '用手机上的身份验证器（例如 Microsoft Authenticator）扫描，再填它显示的 6 位数字。',
    byHand: '扫不了就手工输入：',
    picture: '身份验证器的二维码',
    code: '6 位动态码',
    press: '完成设置',
    refused: {
      name_taken: '这个名称已有人用，换一个。',
      too_short: '密码太短，至少 12 个字符。',
      too_easy: '密码太好猜，加几个不相干的词。',
      wrong_code: '动态码不对，等下一个再填；也请核对手机时间。',
    },
    kept: '没有设置成，填的内容还在：',
    done: '设置好了，已登录',
    codesMean:
      '手机丢了，可用下面任一个恢复码代替动态码，每个只能用一次。只显示这一次，请打印或抄下来，放在安全的地方。',
    copy: '复制',
    copied: '已复制',
    saved: '我已把恢复码存好',
    go: '去系统检查',
  },
  proof: {
    means: {
      export: '导出会把个人信息带出系统。离您上次确认已超过 10 分钟，请填身份验证器上的动态码。',
      step: '这一步影响大，做了不能撤回。离您上次确认已超过 10 分钟，请填身份验证器上的动态码。',
    },
    press: '确认',
    wrong: '动态码不对或已用过，请等下一个再填。',
  },
}

export type LocalText = typeof local
