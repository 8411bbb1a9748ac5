import { roleNames } from '@vouch/rules'
import type { DoorRole } from '../src/http/console-routes.ts'
import { consoleTable } from '../src/http/route-roles.ts'
import { endpointTable } from '../src/http/serve.ts'
import { roleWords } from '../src/people/roles/role-words.ts'

const columns: DoorRole[] = [...roleNames.filter((role) => role !== 'rep'), 'local_admin']
const nameOf = (role: DoorRole): string => {
  if (role === 'local_admin') return '本地管理员 local administrator'
  const { zh, en } = roleWords(role)
  return `${zh} ${en}`
}

/** Whether the table lets this role through the door of a route. */
export function letsIn(route: string, role: string): boolean {
  const allowed = consoleTable.get(route)?.allowed
  return allowed === 'signed_in' || Boolean(allowed?.some((one) => one === role))
}

/** The authorisation table as it is read by people: what is served is checked against the same table. */
export function roleMatrix(others: Record<string, string>): string {
  const routes = [...consoleTable.keys()].toSorted((one, other) => pathOf(one).localeCompare(pathOf(other), 'en'))
  const notes = [...new Set([...consoleTable.values()].flatMap(({ narrowed }) => narrowed ?? []))]
  const noteOf = (route: string): string => {
    const { narrowed } = consoleTable.get(route) ?? {}
    return narrowed ? ` (${notes.indexOf(narrowed) + 1})` : ''
  }
  const rows = routes.map((route) => [
    `\`${route}\`${noteOf(route)}`,
    ...columns.map((role) => (letsIn(route, role) ? '●' : '')),
  ])
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const byCaller = (caller: string) =>
    endpointTable.filter((one) => one.caller === caller).map(({ method, path }) => `- \`${method} ${path}\``)
  return [
    '# 权限表 Who may call what',
    '由程序生成，并在每次检查时与真实的服务器逐条核对：不在表里的地址不会开放。● 可以进入；空白一律回答 403 `wrong_role`。',
    'Made from the program and held against the running server at every check: an address that is not in it is not served. ● is let in; anybody else is answered 403 `wrong_role`. Whoever is let in may be refused further in, by the state of things (own work, own role, somebody else’s territory), with the reasons in the answer and on record.',
    '## 控制台 Console',
    [
      line(['', ...columns.map(nameOf)]),
      line(['---', ...columns.map(() => ':-:')]),
      ...rows.map((cells) => line(cells)),
    ].join('\n'),
    notes.map((note, place) => `${place + 1}. Of these only: ${note}.`).join('\n'),
    '## 侧边栏 Sidebar',
    '只有“代表”角色能登录侧边栏；角色收回时登录立刻结束。Only reps are signed in to the sidebar; their sessions end when the role is taken.',
    byCaller('rep').join('\n'),
    '## 不用登录 Without signing in',
    byCaller('anyone').join('\n'),
    '## 页面和机器 Pages and machines',
    Object.entries(others)
      .filter(([route]) => !consoleTable.has(route))
      .map(([route, who]) => `- \`${route}\`: ${who}`)
      .join('\n'),
  ].join('\n\n')
}

const pathOf = (route: string): string => route.replace(/^\w+ /, '')
