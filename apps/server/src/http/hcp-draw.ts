import { renderPage, type Company, type HcpPage } from '@vouch/hcp/render'
import type { Deps } from '../deps.ts'
import { findCompany } from '../evidence/queries.ts'

const companyLifeMs = 60_000

/** Draws doctors' pages in the company's name. */
export function createDraw(deps: Deps) {
  const company = rememberCompany(deps)
  return async (page: Omit<HcpPage, 'company' | 'demo'>): Promise<string> =>
    renderPage({ ...page, demo: deps.config.demo, company: await company() })
}

/** Asked once a minute; while the database is away what was known holds, and our own name when nothing was. */
function rememberCompany({ db, now }: Deps): () => Promise<Company> {
  const name = 'Vouch'
  let known: Company = { name, nameEn: name, safetyPhone: '', safetyEmail: '', privacyEmail: '' }
  let askAgainAt = 0
  return async () => {
    if (now().getTime() < askAgainAt) return known
    const found = await findCompany(db).catch(() => undefined)
    if (found) {
      known = found
      askAgainAt = now().getTime() + companyLifeMs
    }
    return known
  }
}
