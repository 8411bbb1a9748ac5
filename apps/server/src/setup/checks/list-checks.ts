import { checkGroups, checkIds, type checkEndpoints, type Output } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { findVerifyFiles } from './check-queries.ts'
import { checks } from './registry.ts'
import { groupTitles } from './words/common.ts'

/** Every check in its order, asked by nobody yet, and the files that prove our domain. */
export async function listChecks(deps: Deps): Promise<Output<typeof checkEndpoints.listChecks>> {
  const files = await findVerifyFiles(deps.db, deps.config)
  const people = await findNames(
    deps,
    files.map(({ setBy }) => setBy),
  )
  return {
    groups: checkGroups.map((group) => ({ group, title: groupTitles[group] })),
    checks: checkIds.map((checkId) => ({ checkId, group: checks[checkId].group, title: checks[checkId].title })),
    verifyFiles: files.map(({ name, setBy, setAt }) => ({
      ...{ verifyName: name, fromSettings: setAt === null, setAt },
      setBy: people.get(setBy) ?? '',
    })),
  }
}

async function findNames({ db }: Deps, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
