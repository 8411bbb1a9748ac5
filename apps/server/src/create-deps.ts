import type { Logger } from 'pino'
import { isConnected, type Config } from './config.ts'
import { createRenditions } from './content/renditions/renditions.ts'
import { createShelf } from './content/shelf.ts'
import { openDatabase } from './db/database.ts'
import type { Deps } from './deps.ts'
import { openFiles } from './files/open-files.ts'
import { newId } from './new-id.ts'
import { createSecrets } from './secrets.ts'
import { createVault } from './vault/create-vault.ts'
import { createPost } from './webhooks/post-out.ts'
import { createWeCom } from './wecom/create-wecom.ts'
import { noWeCom } from './wecom/no-wecom.ts'

/** Everything impure of a server with these settings; nothing is asked of anybody yet. `renderer` draws pages. */
export function createDeps(config: Config, { log, renderer }: { log: Logger; renderer: string }): Deps {
  const now = () => new Date()
  const db = openDatabase(config.DATABASE_URL)
  const secrets = createSecrets(config.SECRET_KEY, config.SECRET_KEY_ALSO ? [config.SECRET_KEY_ALSO] : [])
  const files = openFiles(config.FILES_URL, { id: config.FILES_KEY_ID, secret: config.FILES_KEY_SECRET })
  const renditions = createRenditions({
    files,
    program: renderer,
    soffice: config.SOFFICE_PATH,
    ffmpeg: config.FFMPEG_PATH,
  })
  const wecom = isConnected(config) ? createWeCom({ config, db, secrets, now, newId, log }) : noWeCom
  const shelf = createShelf(db, 2_000)
  const vault = createVault({ config, db, secrets, now, log })
  const post = createPost(config.WEBHOOK_INSIDE_HOSTS)
  return { db, config, secrets, now, newId, wecom, files, renditions, shelf, vault, post, log }
}
