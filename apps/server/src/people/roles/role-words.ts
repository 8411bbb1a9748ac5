import type { Both } from '@vouch/contract'
import type { Role } from '@vouch/rules'

const words: Record<Role, Both> = {
  rep: { zh: '代表', en: 'rep' },
  author: { zh: '内容编辑', en: 'author' },
  medical: { zh: '医学', en: 'medical' },
  legal: { zh: '法务', en: 'legal' },
  compliance: { zh: '合规', en: 'compliance' },
  compliance_officer: { zh: '合规官', en: 'compliance officer' },
  manager: { zh: '区域经理', en: 'area manager' },
  auditor: { zh: '审计', en: 'auditor' },
  system_admin: { zh: '系统管理员', en: 'system administrator' },
  security_admin: { zh: '安全管理员', en: 'security administrator' },
}

/** What a role is called; one that is no more is called what it was written as. */
export const roleWords = (role: string): Both => words[role as Role] ?? { zh: role, en: role } // looked up, not trusted
