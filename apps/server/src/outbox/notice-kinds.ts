import type { Both } from '@vouch/contract'

/** Why a kind cannot be switched off; null: it can. */
type Fixed = 'patients' | 'doctors' | 'company' | 'access' | null

type Kind = {
  name: Both
  /** Goes at once and by itself; the others wait for each other, see gather-notices.ts. */
  alone: boolean
  /** Goes in quiet hours too, because what it calls for cannot wait for the morning. */
  atNight: boolean
  fixed: Fixed
  /** Whoever holds one of these is told such things. */
  roles: readonly string[]
  /** The list of them, for a message about several; path from the slash on. */
  list: string
}

const kind = (zh: string, en: string, list: string, roles: readonly string[], more: Partial<Kind> = {}): Kind => ({
  ...{ name: { zh, en }, list, roles, alone: false, atNight: false, fixed: null },
  ...more,
})

const rep = ['rep']
const office = ['compliance', 'compliance_officer']
const urgent = { alone: true, atNight: true }
const sidebar = '/sidebar'
const rules = '/console/policy'
const codes = '/console/contact-codes/welcome'
const people = '/console/people'
const admins = ['security_admin']

/**
 * Everything somebody is told by an app message. At night go only a withdrawal, which reps must know before they speak to
 * the next doctor, adverse reactions, whose clock runs at night too, and a vault that may have been taken over. A leak
 * shows nothing to the stranger, so it waits for the morning.
 */
export const noticeKinds = {
  withdrawn: kind('资料撤回', 'Material withdrawn', sidebar, rep, { ...urgent, fixed: 'patients' }),
  correction: kind('请转告读过的医生', 'Readers to be told', sidebar, rep, { fixed: 'patients' }),
  leak: kind('链接被别人打开', 'Link opened by somebody else', sidebar, rep, { alone: true, fixed: 'doctors' }),
  consent: kind('医生的同意和撤回', 'What doctors decided', sidebar, rep),
  unknown_send: kind('结果未知的发送', 'Sends without a known result', sidebar, rep),
  match: kind('联系人匹配的结果', 'What became of matches', sidebar, rep),
  account_change: kind('医生名单申请的结果', 'What became of requests', sidebar, rep),
  safety: kind('不良反应报告', 'Adverse reactions', '/console/safety', [...office, 'system_admin'], {
    ...{ ...urgent, fixed: 'patients' },
  }),
  safety_due: kind('不良反应报告的期限', 'Deadlines of adverse reactions', '/console/safety', office, {
    ...{ ...urgent, fixed: 'patients' },
  }),
  safety_given: kind('转来的不良反应报告', 'Adverse reactions handed to you', '/console/safety', office, {
    ...{ ...urgent, fixed: 'patients' },
  }),
  hcp_request: kind('医生的删除要求和投诉', 'Erasures and complaints', '/console/requests', office, {
    fixed: 'doctors',
  }),
  braked: kind('Vault 发布暂停', 'Publishing from Vault stopped', '/console/vault', ['compliance_officer'], {
    ...{ ...urgent, fixed: 'company' },
  }),
  review: kind('等您签名的资料', 'Pieces that wait for you', '/console/content?show=for_me', [
    ...['medical', 'legal', 'compliance'],
  ]),
  returned: kind('被退回的资料', 'Pieces sent back', '/console/content?show=returned', ['author']),
  approved: kind('批准的资料', 'Pieces approved', '/console/content?show=approved', ['author']),
  expiring: kind('快到期的资料', 'Pieces about to end', '/console/content?show=expiring', [
    'author',
    'compliance_officer',
  ]),
  match_review: kind('等您看的联系人匹配', 'Matches to look at', '/console/doctors/matches', office),
  change_review: kind('等您处理的名单申请', 'Requests about doctors', '/console/doctors/changes', office),
  policy_change: kind('等您审批的规则修改', 'Changes of rules that wait for you', rules, office),
  policy_decided: kind('规则修改的结果', 'What became of changes of rules', rules, office),
  welcome_change: kind('等您审批的欢迎语', 'Welcomes that wait for you', codes, [...office, 'system_admin']),
  welcome_decided: kind('欢迎语修改的结果', 'What became of welcomes', codes, [...office, 'system_admin']),
  role_change: kind('等您审批的角色', 'Roles that wait for you', people, admins, { fixed: 'access' }),
  role_decided: kind('角色申请的结果', 'What became of roles', people, admins),
  role_taken: kind('收回的角色', 'Roles taken away', people, admins, { fixed: 'access' }),
  local_login: kind(
    '本地管理员的登录和操作',
    'What local administrators do',
    '/console/audit',
    [...admins, 'system_admin'],
    {
      ...{ ...urgent, fixed: 'access' },
    },
  ),
  webhook: kind('数据推送', 'Webhooks', '/console/settings/webhooks', [...admins, 'system_admin'], {
    ...{ alone: true, fixed: 'company' },
  }),
  person_left: kind('同事离职', 'Colleagues who left', people, admins),
} satisfies Record<string, Kind>

export type NoticeKind = keyof typeof noticeKinds

/** A kind by its name; undefined for one that an older or newer program wrote. */
export const kindOf = (name: string): Kind | undefined =>
  Object.hasOwn(noticeKinds, name) ? noticeKinds[name as NoticeKind] : undefined // by the line above

export const whyFixed: Record<NonNullable<Fixed>, Both> = {
  patients: {
    zh: '关系患者安全，不能关闭',
    en: 'It concerns the safety of patients and cannot be switched off',
  },
  doctors: {
    zh: '关系医生的个人信息权利，依法要及时处理，不能关闭',
    en: 'It concerns rights of doctors that the law protects and cannot be switched off',
  },
  company: {
    zh: '关系公司的资料和数据去向，不能关闭',
    en: 'It concerns what the company publishes and where its data goes; it cannot be switched off',
  },
  access: {
    zh: '关系谁能进公司的系统，不能关闭',
    en: 'It concerns who gets into the company’s system and cannot be switched off',
  },
}
