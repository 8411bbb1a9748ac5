import { both } from './both.ts'

/** What is told of colleagues and of what they may do. */
export const peopleWords = {
  'rep.entitled': both('修改代表的产品、片区、小组或备案', 'Products, territories, groups or filing of a rep changed'),
  'person.added': both('添加同事', 'Colleague added'),
  'person.came_back': both('同事回到公司', 'Colleague came back'),
  'person.viewed': both('查看一位同事', 'Colleague looked at'),
  'people.viewed': both('查看人员', 'People looked at'),
  'people.exported': both('导出谁有过哪些角色', 'Who had which role exported'),
  'role.asked': both('提出授予角色', 'Role asked for'),
  'role.granted': both('授予角色', 'Role granted'),
  'role.declined': both('没有批准角色', 'Role declined'),
  'role.taken_back': both('收回授予角色的提议', 'Request for a role taken back'),
  'role.refused': both('角色操作被拒绝', 'Step on a role refused'),
  'role.taken': both('收回角色', 'Role taken away'),
  'role.reviewed': both('复核角色', 'Roles reviewed'),
}
