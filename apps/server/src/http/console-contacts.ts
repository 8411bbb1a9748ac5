import { contactEndpoints } from '@vouch/contract'
import { listRepairs } from '../contacts/sync/list-repairs.ts'
import { listSyncRuns } from '../contacts/sync/list-sync-runs.ts'
import { startSync } from '../contacts/sync/start-sync.ts'
import { serve, type Door } from './serve.ts'

/** The readings of all relations from WeCom and what they repaired. */
export function mountContacts(door: Door): void {
  const { deps } = door
  serve(door, contactEndpoints.listSyncRuns, (me, asked) => listSyncRuns(deps, me, asked))
  serve(door, contactEndpoints.listRepairs, (me, asked) => listRepairs(deps, me, asked))
  serve(door, contactEndpoints.startSync, (me, asked) => startSync(deps, me, asked))
}
