import { foundCompany } from '../../src/company/found-company.ts'
import { findWords, markOfChoice, markOfWords } from '../../src/company/company-queries.ts'
import type { TestServer } from '../test-server.ts'

/** A company that may be named, and a product of its list that nothing uses; another code is for what is added. */
export async function buildCompanyThings({ owner, deps }: TestServer, path: string) {
  await foundCompany({ db: owner })
  const product = { code: `P-${deps.newId()}`, name: '示例药', nameEn: 'Example' }
  await owner.insertInto('product').values(product).execute()
  const contacts = { safetyPhone: '400-000-0000', safetyEmail: 'a@example.com', privacyEmail: 'b@example.com' }
  const mark = path.includes('/choices/') ? markOfChoice(product) : markOfWords(await findWords(owner))
  const code = path.endsWith('/additions') ? `N-${deps.newId()}` : product.code
  return { ...contacts, mark, code, list: 'products' }
}
