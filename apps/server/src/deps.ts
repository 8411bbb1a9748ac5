import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Database } from './db/schema.ts'
import type { Renditions } from './content/renditions/renditions.ts'
import type { Shelf } from './content/shelf.ts'
import type { Files } from './files/files.ts'
import type { Secrets } from './secrets.ts'
import type { Vault } from './vault/vault.ts'
import type { Post } from './webhooks/post-out.ts'
import type { WeCom } from './wecom/wecom.ts'

/** Everything impure, built in main.ts and handed down. */
export type Deps = {
  db: Kysely<Database>
  config: Config
  secrets: Secrets
  now: () => Date
  newId: () => string
  wecom: WeCom
  files: Files
  /** What looks at files and draws them, in a process of its own; null where nothing is drawn. */
  renditions: Renditions | null
  shelf: Shelf
  /** Veeva Vault, or null where content is approved here alone. */
  vault: Vault | null
  /** The way out to receivers of webhooks. */
  post: Post
  log: Logger
}

/** Who did it. The system acts for jobs; an HCP is named by account or, when unknown, by external contact. */
export type Actor = { kind: 'rep' | 'hcp' | 'admin' | 'system'; id: string }
