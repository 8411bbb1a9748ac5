import type { Both } from '@vouch/contract'
import type { SettingFault, SettingName } from '../../../config.ts'
import { both, type Said } from '../check.ts'

/** What each setting is, and where its value is found. */
const meaning: Partial<Record<SettingName, Both>> = {
  DATABASE_URL: both(
    '应用账号连数据库的地址，形如 mysql://vouch_app:密码@主机:3306/vouch；账号由 migrate 建立',
    'where the application finds its database: mysql://vouch_app:password@host:3306/vouch; migrate makes the account',
  ),
  PUBLIC_URL: both(
    '手机访问的地址，形如 https://vouch.example.com',
    'the address phones open: https://vouch.example.com',
  ),
  PORT: both('本机监听的端口，0 到 65535', 'the port to listen on, 0 to 65535'),
  SECRET_KEY: both(
    '至少 32 个字符的随机串，用 openssl rand -base64 48 生成；要换，用 rotate-keys',
    'at least 32 random characters, made by openssl rand -base64 48; changed by rotate-keys only',
  ),
  SECRET_KEY_ALSO: both(
    '只在换密钥期间设：另一把密钥，仍能打开它以前做的，不再用来做新的；见 deploy/README.md',
    'only while keys are changed: the other key, which opens what it made and makes nothing; see deploy/README.md',
  ),
  FILES_URL: both(
    '文件放在哪里：file:文件夹 或 s3://桶/前缀?region=…',
    'where files are kept: file:folder or s3://bucket/prefix?region=…',
  ),
  FILES_KEY_ID: both('对象存储的 SecretId', 'the key id of the S3 store'),
  FILES_KEY_SECRET: both('对象存储的 SecretKey', 'the secret key of the S3 store'),
  WECOM_CORP_ID: both(
    '管理后台 > 我的企业 > 企业信息，最下面的“企业 ID”',
    'admin console > My company > Company information, at the bottom: Corp ID',
  ),
  WECOM_AGENT_ID: both(
    '管理后台 > 应用管理 > 自建的应用，页面上的 AgentId（纯数字）',
    'admin console > App management > our app: AgentId, digits only',
  ),
  WECOM_AGENT_SECRET: both(
    '同一页的 Secret，点“查看”后发到管理员的企业微信',
    'Secret on the same page; “View” sends it to the administrator’s WeCom',
  ),
  WECOM_CALLBACK_TOKEN: both(
    '应用 > 接收消息 > 设置 API 接收，Token，最多 32 位字母和数字',
    'the app > Receive messages > API: Token, up to 32 letters and digits',
  ),
  WECOM_CALLBACK_AES_KEY: both(
    '应用 > 接收消息 > 设置 API 接收，EncodingAESKey，正好 43 位字母和数字',
    'the app > Receive messages > API: EncodingAESKey, exactly 43 letters and digits',
  ),
  WECOM_VERIFY_NAME: both(
    '校验文件的名字，形如 WW_verify_AbC123dEf456.txt',
    'the name of the verification file: WW_verify_AbC123dEf456.txt',
  ),
  WECOM_VERIFY_TEXT: both('校验文件里的那一串字母和数字', 'the letters and digits inside the verification file'),
  WECOM_MINIPROGRAM_APPID: both('与企业关联的小程序的 AppID', 'the app id of the linked mini program'),
  VAULT_URL: both(
    'Vault 的地址，形如 https://company.veevavault.com',
    'the address of the vault: https://company.veevavault.com',
  ),
  VAULT_API_VERSION: both('Vault 接口版本，形如 v25.2', 'the API version of the vault: v25.2'),
}

const problems: Record<SettingFault['problem'], Both> = {
  missing: both('没有设置', 'is missing'),
  malformed: both('格式不对', 'is malformed'),
  unknown: both('没有这个设置', 'is not a setting'),
}

function lineOf({ name, problem, nearest }: SettingFault): Both {
  const what = problems[problem]
  if (nearest)
    return both(`${name}：${what.zh}，您要的是 ${nearest} 吗？`, `${name} ${what.en}; did you mean ${nearest}?`)
  const about = meaning[name as SettingName] // names of faults are names of settings but for unknown ones
  return both(`${name}：${what.zh}${about ? `。${about.zh}` : ''}`, `${name} ${what.en}${about ? `: ${about.en}` : ''}`)
}

export const settingsWords = {
  fine: (count: number): Said => ({ fact: both(`${count} 项都能用`, `all ${count} can be used`) }),
  faulty: (faults: readonly SettingFault[]): Said => ({
    fact: both(
      `${faults.length} 处有问题：${faults.map(({ name }) => name).join('、')}`,
      `wrong: ${faults.map(({ name }) => name).join(', ')}`,
    ),
    details: faults.map(lineOf),
    fix: both('改好环境变量后重启服务', 'correct the environment and start the server again'),
  }),
}

export const addressWords = {
  fine: (url: string): Said => ({ fact: both(url, url) }),
  demo: (url: string): Said => ({
    fact: both(`${url}（演示，只在本机）`, `${url} (demonstration, this machine only)`),
  }),
  noProxy: (): Said => ({
    fact: both(
      'PUBLIC_PROXIES 是 0，但 https 必有反向代理：防猜密码的次数限制会把所有人当成一个人',
      'PUBLIC_PROXIES is 0, yet https means a reverse proxy: limits of tries take everybody for one visitor',
    ),
    fix: both(
      'PUBLIC_PROXIES 写上前面有几层反向代理，通常是 1，并保证只有它们连得到 PORT',
      'set PUBLIC_PROXIES to the number of reverse proxies in front, usually 1, and let nothing else reach PORT',
    ),
  }),
  notHttps: (url: string): Said => ({
    fact: both(`PUBLIC_URL 是 ${url}，不是 https`, `PUBLIC_URL is ${url}, not https`),
    fix: both(
      '给域名配上证书，PUBLIC_URL 改成 https:// 开头',
      'give the domain a certificate and let PUBLIC_URL begin with https://',
    ),
  }),
  ipAddress: (host: string): Said => ({
    fact: both(`PUBLIC_URL 用的是 IP ${host}`, `PUBLIC_URL names the IP ${host}`),
    fix: both('换成已备案的域名：企业微信的可信域名不能是 IP', 'use a domain with an ICP filing: WeCom trusts no IP'),
  }),
  withPort: (port: string): Said => ({
    fact: both(`PUBLIC_URL 带端口 ${port}`, `PUBLIC_URL has the port ${port}`),
    fix: both(
      '由反向代理在 443 端口提供服务：JS-SDK 的可信域名不能带端口',
      'let the reverse proxy serve port 443: trusted domains of the JS-SDK have no port',
    ),
  }),
  withPath: (path: string): Said => ({
    fact: both(`PUBLIC_URL 带路径 ${path}`, `PUBLIC_URL has the path ${path}`),
    fix: both(
      '只留到域名：页面和校验文件都在根目录下',
      'end it after the domain: pages and the verification file live at the root',
    ),
  }),
}

export const secretsWords = {
  fine: (): Said => ({ fact: both('没有看到示例值或重复的密钥', 'no example values and no repeated secrets') }),
  placeholder: (names: readonly string[]): Said => ({
    fact: both(`还是示例值：${names.join('、')}`, `still an example: ${names.join(', ')}`),
    fix: both('换成自己的随机值，再重启服务', 'put random values of your own there and start the server again'),
  }),
  same: (names: readonly string[]): Said => ({
    fact: both(`几项用了同一个值：${names.join('、')}`, `several share one value: ${names.join(', ')}`),
    fix: both('每一项用各自的值', 'give each a value of its own'),
  }),
  demoCorp: (): Said => ({
    fact: both(
      '企业 ID 是演示用的（wwdemo…），地址却是真的企业微信',
      'the corp id is that of a demonstration (wwdemo…), the address that of the real WeCom',
    ),
    fix: both('换成您企业的 ID', 'set the id of your own corp'),
  }),
}

export const programsWords = {
  none: (): Said => ({
    fact: both(
      '没有配置 LibreOffice 和 ffmpeg，不收 PPTX、DOCX，视频没有封面',
      'neither LibreOffice nor ffmpeg is set: PPTX and DOCX are not taken, videos have no picture',
    ),
  }),
  fine: (names: readonly string[]): Said => ({ fact: both(names.join('、'), names.join(', ')) }),
  missing: (names: readonly string[]): Said => ({
    fact: both(`文件不在或不能执行：${names.join('、')}`, `not there or not executable: ${names.join(', ')}`),
    fix: both('装上程序，或清空这个设置', 'install the program, or clear the setting'),
  }),
}
