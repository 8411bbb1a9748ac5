import { grantApplication, migrate } from './db/migrate.ts'

const ownerUrl = process.env['DATABASE_URL']
const applicationUrl = process.env['APP_DATABASE_URL']
if (!ownerUrl || !applicationUrl) {
  console.error(
    'migrate needs DATABASE_URL (an account that owns the database) and APP_DATABASE_URL (the account of the application)',
  )
  process.exit(1)
}
const applied = await migrate(ownerUrl)
await grantApplication(ownerUrl, applicationUrl)
console.log(applied.length === 0 ? 'database is up to date' : `applied ${applied.length} migrations`)
