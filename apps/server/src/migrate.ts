import { grantApplication, migrate } from './db/migrate.ts'
import { accountsFrom } from './upkeep/accounts.ts'
import { endWith, languageOf } from './upkeep/tell.ts'

try {
  const { ownerUrl, applicationUrl } = accountsFrom(process.env)
  const applied = await migrate(ownerUrl)
  await grantApplication(ownerUrl, applicationUrl)
  console.log(applied.length === 0 ? 'database is up to date' : `applied ${applied.length} migrations`)
} catch (fault) {
  endWith(fault, languageOf(undefined, process.env))
}
