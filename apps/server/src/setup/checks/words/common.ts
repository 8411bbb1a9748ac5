import type { Both, CheckGroup } from '@vouch/contract'
import { both, type Said } from '../check.ts'

export const groupTitles: Record<CheckGroup, Both> = {
  config: both('配置', 'Settings'),
  data: both('数据', 'Data'),
  web: both('公开地址', 'Public address'),
  wecom: both('企业微信', 'WeCom'),
  callback: both('回调', 'Callback'),
  vault: both('Veeva Vault', 'Veeva Vault'),
  rules: both('规则', 'Rules'),
}

export const settingsFirst = (names: readonly string[]): Said => ({
  fact: both(`先设置 ${names.join('、')}`, `set ${names.join(', ')} first`),
})

export const needsFirst = (group: Both, title: Both): Said => ({
  fact: both(`先修好“${group.zh} · ${title.zh}”`, `put “${group.en} · ${title.en}” right first`),
})

export const brokeOff = (why: Both): Said => ({
  fact: both(`这一项没有检查完：${why.zh}`, `this check did not come to an end: ${why.en}`),
  fix: both('再查一次；还是这样，请看服务日志', 'check it again; if it stays so, read the log of the server'),
})

export const line = (text: string): Both => both(text, text)
