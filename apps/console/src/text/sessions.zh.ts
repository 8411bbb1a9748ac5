import type { SessionRow } from '@vouch/contract'

/** Where people are signed in, in Chinese. */
export const sessions = {
  title: '登录',
  means: '现在登录着的地方。不认识的请马上结束；30 分钟没有操作或满 8 小时会自动结束。只记设备种类，不记网络地址。',
  whose: '显示',
  shows: { mine: '我的', all: '所有人' },
  search: '搜姓名',
  hint: '姓名的一部分',
  clear: '清除',
  caption: (all: boolean): string => (all ? '所有人现在登录着的地方，新的在前' : '我现在登录着的地方，新的在前'),
  column: {
    person: '姓名',
    face: '登录到',
    device: '设备',
    way: '方式',
    signedIn: '登录 (+08:00)',
    seen: '最近操作',
    act: '操作',
  },
  face: { rep: '侧边栏', console: '控制台' } satisfies Record<SessionRow['face'], string>,
  way: { wecom: '企业微信', local: '本地管理员' } satisfies Record<SessionRow['way'], string>,
  device: {
    '': '未知',
    computer: '电脑浏览器',
    phone: '手机浏览器',
    wecom_computer: '电脑企业微信',
    wecom_phone: '手机企业微信',
  } satisfies Record<SessionRow['device'], string>,
  here: '就是这里',
  end: '结束',
  endOne: (person: string, device: string) => `结束 ${person} 在${device}上的登录`,
  endAll: (person: string) => `结束 ${person} 的全部登录`,
  endMine: '结束我在别处的登录',
  endMeans: '两秒内生效，没有保存的内容会丢失。原因会写进审计记录。',
  press: '结束登录',
  ended: (count: number): string => (count === 0 ? '之前已经结束了' : `已结束 ${count} 处登录`),
  list: {
    none: '没有登录着的地方',
    more: '更多',
    keys: '',
    reloadFailed: '没有刷新成功，下面是之前读取的',
    moreFailed: '后面的没有读到',
  },
  shown: (count: number, more: boolean): string => (more ? `已显示 ${count} 处，还有更多` : `共 ${count} 处，到头了`),
  refresh: '刷新',
}

export type SessionsText = typeof sessions
