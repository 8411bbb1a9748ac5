import type { Output, reportEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { scopeOf } from '../people/scope.ts'
import type { Session } from '../people/sessions.ts'

type Answer = Output<typeof reportEndpoints.reportChoices>

/** The products there are, and the territories whose figures somebody sees. */
export async function listReportChoices(deps: Deps, me: Session): Promise<Answer> {
  const scope = await scopeOf(deps, me)
  const [products, territories] = await Promise.all([findNames(deps, 'product'), findNames(deps, 'territory')])
  return { products, territories: territories.filter(({ code }) => scope === null || scope.includes(code)) }
}

async function findNames({ db }: Deps, table: 'product' | 'territory'): Promise<Answer['products']> {
  const rows = await db.selectFrom(table).select(['code', 'name', 'nameEn']).orderBy('code').execute()
  return rows.map(({ code, name, nameEn }) => ({ code, name: { zh: name, en: nameEn || name } }))
}
