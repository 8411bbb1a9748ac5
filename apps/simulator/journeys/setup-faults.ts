import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings, SetupPlace, Told } from './setup-place.ts'

/** Something that is wrong: how it comes about, what must be said of it, and how it is put right. */
export type Planted = {
  says: string
  check: string
  outcome: Told['outcome']
  /** What the fact and the fix must hold, and one of the lines below. */
  fact: string
  fix: string
  detail: string
  /** The settings it is with; those of the place when left out. */
  settings?: () => Settings
  plant: () => Promise<unknown>
  putRight: () => Promise<unknown>
}

type Words = readonly [fact: string, fix: string, detail?: string]

/** The simulator's switches as they usually are. */
const usual = {
  ...{ timeOffsetMs: 0, secretReset: false, apiFault: 'none', seenIp: '', trustedDomain: '', loginDomain: '' },
  ...{ ticketFault: 'none', callbackKeyChanged: false },
}
const nothing = async (): Promise<void> => {}

/** Everything an administrator may have got wrong, in the order in which it is met. */
export function createFaults(place: SetupPlace): Planted[] {
  const wrong = (
    says: string,
    check: string,
    [fact, fix, detail = '']: Words,
    how: Partial<Planted> = {},
  ): Planted => ({
    ...{ says, check, fact, fix, detail, outcome: 'fault', plant: nothing, putRight: nothing, ...how },
  })
  const given = (says: string, check: string, words: Words, change: () => Settings) =>
    wrong(says, check, words, { settings: () => ({ ...place.settings, ...change() }) })
  const switched = (says: string, check: string, words: Words, switches: Partial<typeof usual>) =>
    wrong(says, check, words, { plant: () => place.turn(switches), putRight: () => place.turn(usual) })
  const member = (says: string, check: string, words: Words, { userid, what }: { userid: string; what: string }) =>
    wrong(says, check, words, {
      ...(userid === '*' ? {} : { outcome: 'warning' as const }),
      plant: () => place.say('member', { userid, [what]: false }),
      putRight: () => place.say('member', { userid, [what]: true }),
    })
  const flush = (value: number) => place.records.rows(`set global innodb_flush_log_at_trx_commit = ${value}`)
  const noFolder = join(place.folder, 'no-folder')
  const host = new URL(place.settings['PUBLIC_URL'] ?? '').host

  return [
    wrong(
      'no settings at all',
      'cfg.settings',
      ['7 处有问题', '重启服务', 'WECOM_CORP_ID：没有设置。管理后台 > 我的企业'],
      {
        settings: () => ({}),
      },
    ),
    given('a callback key of 42 letters', 'cfg.settings', ['WECOM_CALLBACK_AES_KEY', '重启服务', '正好 43 位'], () => ({
      WECOM_CALLBACK_AES_KEY: 'a'.repeat(42),
    })),
    given('a misspelt setting', 'cfg.settings', ['WECOM_SECRET', '重启服务', '您要的是 WECOM_AGENT_SECRET 吗'], () => ({
      WECOM_SECRET: 'x',
    })),
    given('a wrong password of the database', 'data.connection', ['账号或密码不对', 'migrate'], () => ({
      DATABASE_URL: place.settings['DATABASE_URL']?.replace(/:[^:@/]+@/, ':wrong@') ?? '',
    })),
    wrong('commits that may be lost', 'data.durability', ['commit=2', 'innodb_flush_log_at_trx_commit=1'], {
      ...{ plant: () => flush(2), putRight: () => flush(1) },
    }),
    wrong('a step that is missing', 'data.migrations', ['还差 1 步', 'migrate'], missingStep(place)),
    given('the owner’s account', 'data.grants', ['能改或删', '受限账号', 'audit_entry: update, delete'], () => ({
      DATABASE_URL: place.ownerUrl,
    })),
    wrong('a right too many', 'data.grants', ['能改或删 1 张', '收回多余的 GRANT'], rightTooMany(place)),
    wrong('a store that takes no file', 'data.files', ['写不进', '归运行服务的账号所有'], {
      settings: () => ({ ...place.settings, FILES_URL: `file:${noFolder}` }),
      plant: async () => writeFileSync(noFolder, ''),
    }),
    switched('a clock two minutes off', 'time.wecom', ['和企业微信的时间相差 1', 'NTP'], { timeOffsetMs: 120_000 }),
    given('a wrong corp id', 'wecom.token', ['40013：企业 ID 不对', 'WECOM_CORP_ID'], () => ({
      WECOM_CORP_ID: 'wwdemo9999999999',
    })),
    switched('a secret that was reset', 'wecom.token', ['40001：Secret 不对', 'WECOM_AGENT_SECRET'], {
      secretReset: true,
    }),
    switched(
      'an address nobody trusts',
      'wecom.ip',
      ['60020：企业微信看到的出口 IP 是 203.0.113.8', '把 203.0.113.8 加进'],
      {
        ...{ apiFault: 'wrong-ip', seenIp: '203.0.113.8' },
      },
    ),
    given('an agent id of another app', 'wecom.app', ['301002', '同一个应用页面'], () => ({
      WECOM_AGENT_ID: '1000009',
    })),
    member('an app that sees nobody', 'wecom.range', ['对谁都不可见', '选上所有代表'], {
      userid: '*',
      what: 'inRange',
    }),
    switched('no trusted domain', 'wecom.domain', ['还没有可信域名', `可信域名填 ${host}`], { trustedDomain: 'none' }),
    switched('another trusted domain', 'wecom.domain', [`是 old.example.com，我们用的是 ${host}`, '改 PUBLIC_URL'], {
      trustedDomain: 'old.example.com',
    }),
    switched('an app that may not call', 'wecom.contact', ['48002', '可调用接口的应用'], { apiFault: 'not-callable' }),
    member('a rep outside the range', 'wecom.members', ['1 位代表用不了', '可见范围', '李娜：不在应用的可见范围'], {
      ...{ userid: 'lina', what: 'inRange' },
    }),
    member('a rep without the feature', 'wecom.members', ['1 位代表用不了', '使用范围', '王磊：没有客户联系的权限'], {
      ...{ userid: 'wanglei', what: 'servesContacts' },
    }),
    switched('tickets used up', 'wecom.tickets', ['企业票据取不到，45009', '等一小时'], { ticketFault: 'used-up' }),
    switched('one ticket for both', 'wecom.tickets', ['两张票据相同', '缓存'], { ticketFault: 'same' }),
    switched('another callback domain', 'wecom.login', ['-31020', `授权回调域填 ${host}`], {
      loginDomain: 'old.example.com',
    }),
    wrong('a key changed in WeCom', 'callback.events', ['解不开', 'EncodingAESKey'], changedKey(place)),
    given(
      'a wrong password of the vault',
      'vault.sign_in',
      ['USERNAME_OR_PASSWORD_INCORRECT', 'VAULT_PASSWORD'],
      () => ({
        VAULT_PASSWORD: 'wrong',
      }),
    ),
  ]
}

function missingStep({ records }: SetupPlace): Partial<Planted> {
  let step: unknown
  return {
    plant: async () => {
      step = (await records.rows('select name from kysely_migration order by name desc limit 1'))[0]?.['name']
      await records.rows('delete from kysely_migration where name = ?', [step])
    },
    putRight: () => records.insert('kysely_migration', { name: step, timestamp: new Date().toISOString() }),
  }
}

function rightTooMany({ records, ownerUrl }: SetupPlace): Partial<Planted> {
  const table = `${new URL(ownerUrl).pathname.slice(1)}.audit_entry`
  const accounts = "vouch_app_setup@localhost, vouch_app_setup@'%'"
  return {
    plant: () => records.rows(`grant delete on ${table} to ${accounts}`),
    putRight: () => records.rows(`revoke delete on ${table} from ${accounts}`),
  }
}

/** What comes while the key is another one cannot be opened; the first that can be opened again ends it. */
function changedKey(place: SetupPlace): Partial<Planted> {
  const event = (userid: string) => place.say('event', { type: 'edit_external_contact', userid, wait: true })
  return {
    plant: async () => {
      await place.turn({ callbackKeyChanged: true })
      await event('wanglei')
    },
    putRight: async () => {
      await place.turn({ callbackKeyChanged: false })
      await event('lina')
    },
  }
}
