import type { Both } from '@vouch/contract'
import { both, type Said } from '../check.ts'

const ago = (minutes: number): Both => {
  if (minutes < 120) return both(`${Math.round(minutes)} 分钟`, `${Math.round(minutes)} min`)
  const hours = Math.round(minutes / 60)
  return hours < 48
    ? both(`${hours} 小时`, `${hours} h`)
    : both(`${Math.round(hours / 24)} 天`, `${Math.round(hours / 24)} days`)
}

export const filesWords = {
  folder: (): Said => ({ fact: both('文件夹可写', 'the folder takes files') }),
  bucket: (): Said => ({ fact: both('对象存储可用', 'the bucket answers') }),
  notFolder: (path: string, code: string): Said => ({
    fact: both(`写不进 ${path}（${code}）`, `${path} takes no files (${code})`),
    fix: both(
      '建好这个文件夹，归运行服务的账号所有；多台服务器要挂同一个',
      'make the folder, owned by the account that runs the server; all servers share one',
    ),
  }),
  notBucket: (why: string): Said => ({
    fact: both(`对象存储不能用：${why}`, `the bucket cannot be used: ${why}`),
    fix: both(
      '核对 FILES_URL 的桶、地域、endpoint，以及密钥的读写权限',
      'compare bucket, region and endpoint of FILES_URL, and the rights of the keys',
    ),
  }),
}

export const spaceWords = {
  bucket: (): Said => ({
    fact: both('文件在对象存储里，空间由它管', 'files are in a bucket, which has its own limits'),
  }),
  fine: (gigabytes: string): Said => ({ fact: both(`还剩 ${gigabytes} GB`, `${gigabytes} GB are free`) }),
  low: (gigabytes: string): Said => ({
    fact: both(`只剩 ${gigabytes} GB`, `only ${gigabytes} GB are free`),
    fix: both('扩容，或把 FILES_URL 换成对象存储', 'add space, or let FILES_URL name a bucket'),
  }),
}

export const jobsWords = {
  fine: (count: number): Said => ({ fact: both(`${count} 项后台任务都按时`, `all ${count} jobs are on time`) }),
  never: (): Said => ({
    fact: both('服务还没有启动过', 'no server has been started yet'),
    fix: both('启动 node apps/server/dist/main.js', 'start node apps/server/dist/main.js'),
  }),
  stopped: (minutes: number): Said => ({
    fact: both(
      `后台任务停了 ${ago(minutes).zh}，没有服务在运行`,
      `no job has run for ${ago(minutes).en}: no server is running`,
    ),
    fix: both('启动服务；起不来的话看它的日志', 'start the server; if it does not start, read its log'),
  }),
  late: (names: readonly string[]): Said => ({
    fact: both(`${names.length} 项误点：${names.join('、')}`, `late: ${names.join(', ')}`),
    fix: both(
      '重启服务；再误点，请看日志里这几项的 job failed',
      'restart the server; if they stay late, look for “job failed” in its log',
    ),
  }),
  failing: (names: readonly string[]): Said => ({
    fact: both(
      `${names.length} 项上次没有做完：${names.join('、')}`,
      `did not end well last time: ${names.join(', ')}`,
    ),
    fix: both(
      '先修好上面的错误；没有别的错误，请看日志里的 job failed',
      'put the faults above right first; with none, look for “job failed” in the log',
    ),
  }),
  stuck: (names: readonly string[]): Said => ({
    fact: both(
      `${names.length} 项被没有做完的服务占着：${names.join('、')}`,
      `held by a server that did not finish: ${names.join(', ')}`,
    ),
    fix: both(
      '不用处理，别的服务会接手；一直这样请重启服务',
      'nothing to do, another server takes over; if it stays so, restart',
    ),
  }),
}

export const queueWords = {
  fine: (): Said => ({ fact: both('应用消息没有积压', 'no app message waits for long') }),
  old: (minutes: number): Said => ({
    fact: both(`最早的一条应用消息等了 ${ago(minutes).zh}`, `the oldest app message has waited ${ago(minutes).en}`),
    fix: both(
      '先看企业微信这几项；修好后会自动补发',
      'look at the checks of WeCom; messages leave by themselves afterwards',
    ),
  }),
}

export const clockWords = {
  fine: (seconds: string): Said => ({ fact: both(`相差 ${seconds} 秒`, `${seconds} s apart`) }),
  apart: (seconds: string, other: Both): Said => ({
    fact: both(`本机和${other.zh}的时间相差 ${seconds} 秒`, `this machine and ${other.en} are ${seconds} s apart`),
    fix: both(
      '给服务器和数据库都开启 NTP 对时（chrony、systemd-timesyncd）',
      'let NTP set the clock of server and database (chrony, systemd-timesyncd)',
    ),
  }),
  database: both('数据库', 'the database'),
  wecom: both('企业微信', 'WeCom'),
  noDate: (): Said => ({ fact: both('应答里没有时间', 'the answer told no time') }),
}

export const rulesWords = {
  administrators: (system: number, security: number): Said => ({
    fact: both(
      `系统管理员 ${system} 位，安全管理员 ${security} 位`,
      `${system} system and ${security} security administrators`,
    ),
  }),
  nobodyAdministers: (): Said => ({
    fact: both('一位管理员都没有，谁也进不了控制台', 'there is no administrator, so nobody can set anything up'),
    fix: both(
      '在服务器上运行 node dist/admin.js，用打出来的链接设第一位本地管理员',
      'run node dist/admin.js on the server and set the first local administrator up by the link it prints',
    ),
  }),
  noSystemAdmin: (): Said => ({
    fact: both(
      '没有系统管理员：有安全管理员，没有人能做系统检查和导入',
      'no system administrator: nobody can run checks and imports',
    ),
    fix: both('请安全管理员给一位同事“系统管理员”角色', 'have the security administrators give somebody the role'),
  }),
  fewSecurityAdmins: (count: number): Said => ({
    fact: both(
      `安全管理员只有 ${count} 位，角色要两个人才能给`,
      `only ${count} security administrators, and giving a role takes two people`,
    ),
    fix: both(
      '再设一位安全管理员；一时没有，可以运行 node dist/admin.js --role security_admin 设一位本地管理员',
      'name one more; until then node dist/admin.js --role security_admin sets up a local administrator',
    ),
  }),
  company: (name: string, products: number): Said => ({
    fact: both(`${name}，产品 ${products} 个`, `${name}, ${products} ${products === 1 ? 'product' : 'products'}`),
  }),
  companyName: both('公司名称', 'a name'),
  safetyContact: both('不良反应的电话或邮箱', 'a telephone or mail address for adverse reactions'),
  product: both('产品', 'a product'),
  companyLacks: (missing: readonly Both[]): Said => ({
    fact: both(
      `还缺${missing.map(({ zh }) => zh).join('、')}`,
      `the company lacks ${missing.map(({ en }) => en).join(', ')}`,
    ),
    fix: both(
      '请系统管理员在“公司”里填好：医生看到的是这些；没有产品，资料也传不上来',
      'have a system administrator fill it in: doctors are shown it, and without a product no piece can be uploaded',
    ),
  }),
  caps: (perMonth: number): Said => ({
    fact: both(`每位医生每月最多 ${perMonth} 次`, `at most ${perMonth} sends a doctor a month`),
  }),
  noPolicy: (): Said => ({
    fact: both('还没有发送规则，谁也发不出去', 'there is no policy yet, so nobody can send'),
    fix: both('启动一次服务：它会写下默认规则', 'start the server: it writes the policy a company begins with'),
  }),
  nobody: (perMonth: number): Said => ({
    fact: both(`每月上限是 ${perMonth}，谁也发不出去`, `the monthly limit is ${perMonth}, so nobody can send`),
    fix: both('把每月上限改成 1 以上', 'set the monthly limit to 1 or more'),
  }),
  night: (): Said => ({
    fact: both('休息时间占满了一天，谁也发不出去', 'quiet hours take the whole day, so nobody can send'),
    fix: both('缩短休息时间', 'shorten the quiet hours'),
  }),
  consent: (version: number): Said => ({
    fact: both(`第 ${version} 版在用，中英文都有`, `version ${version} is in force, in both languages`),
  }),
  noConsent: (): Said => ({
    fact: both('没有在用的同意书，医生无法表示同意', 'no consent text is in force, so doctors cannot agree'),
    fix: both('起草一版同意书并请另一位同事批准', 'draft one and have a second person approve it'),
  }),
  oneLanguage: (version: number, missing: string): Said => ({
    fact: both(`第 ${version} 版同意书缺 ${missing}`, `version ${version} of the consent text lacks ${missing}`),
    fix: both('出一版两种语言都有的同意书', 'make a version that has both languages'),
  }),
}
