import { countRenditions } from '../content/renditions/count-renditions.ts'
import { vaultReadings } from '../content/from-vault/vault-readings.ts'
import { countFailingMedia } from '../content/refresh-media.ts'
import { countDue } from '../content/search/queries.ts'
import type { Deps } from '../deps.ts'
import { countOverdueSafety } from '../evidence/safety/call-for-safety.ts'
import { oldestNoticeSeconds } from '../outbox/queries.ts'
import { countChecking } from '../uploads/queries.ts'

/** One number a company watches, read when somebody scrapes; a reading that fails leaves the last one. */
export type Reading = { name: string; help: string; read: (deps: Deps) => Promise<number> }

export const readings: Reading[] = [
  { name: 'vouch_renditions_waiting', help: 'Files whose pages wait to be drawn', read: countRenditions },
  { name: 'vouch_uploads_waiting', help: 'Uploads that wait to be checked and stored', read: countChecking },
  {
    name: 'vouch_outbox_seconds',
    help: 'Age of the oldest app message that is owed',
    read: ({ db, now }) => oldestNoticeSeconds(db, now()),
  },
  { name: 'vouch_media_failing', help: 'Files that cannot be kept with WeCom', read: countFailingMedia },
  { name: 'vouch_search_waiting', help: 'Pieces whose words wait to be indexed', read: countDue },
  { name: 'vouch_safety_overdue', help: 'Adverse reactions nobody acknowledged in 24 hours', read: countOverdueSafety },
  ...vaultReadings,
]
