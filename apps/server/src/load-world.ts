import { fileURLToPath } from 'node:url'
import { preparePiece } from './content/prepare-piece.ts'
import { createRenditions } from './content/renditions/renditions.ts'
import { openDatabase } from './db/database.ts'
import { openFiles } from './files/open-files.ts'
import { createSecrets } from './secrets.ts'
import { loadWorld } from './setup/load-world.ts'

const worldPath = process.argv[2]
const ownerUrl = process.env['DATABASE_URL']
if (!worldPath || !ownerUrl) {
  console.error(
    'usage: DATABASE_URL=<the account that owns the database> [FILES_URL=file:.data/files] load-world <world.json>',
  )
  process.exit(1)
}

/** The demonstration's own receiver; its secret is known there and sealed here as the server will open it. */
const { SECRET_KEY, DEMO_WEBHOOK_URL: url, DEMO_WEBHOOK_SECRET: secret } = process.env
const webhook = SECRET_KEY && url && secret ? { url, sealed: createSecrets(SECRET_KEY).seal(secret) } : undefined

const program = fileURLToPath(new URL('render-pages.js', import.meta.url))
const db = openDatabase(ownerUrl, 2)
try {
  const files = openFiles(process.env['FILES_URL'] || 'file:.data/files', {
    id: process.env['FILES_KEY_ID'],
    secret: process.env['FILES_KEY_SECRET'],
  })
  const renditions = createRenditions({ files, program })
  await loadWorld({
    ...{ db, worldPath, now: () => new Date(), corpId: process.env['WECOM_CORP_ID'], webhook },
    prepare: (piece) => preparePiece({ files, renditions }, piece),
    say: (line) => console.log(line),
  })
} catch (fault) {
  console.error(`x ${fault instanceof Error ? fault.message : String(fault)}`)
  process.exitCode = 1
} finally {
  await db.destroy()
}
