import { bulkEndpoints } from '@vouch/contract'
import { findTags } from '../content/find-tags.ts'
import { changeTags } from '../content/life/change-tags.ts'
import { loadBulkEffect } from '../content/bulk/load-bulk-effect.ts'
import { lookAtBulk } from '../content/bulk/look-at-bulk.ts'
import { startBulk } from '../content/bulk/start-bulk.ts'
import { stopBulk } from '../content/bulk/stop-bulk.ts'
import { takeBackBulk } from '../content/bulk/take-back-bulk.ts'
import { serve, type Door } from './serve.ts'

/** The same with many pieces, and the tags of one. */
export function mountBulk(door: Door): void {
  const { deps } = door
  serve(door, bulkEndpoints.effectOfBulk, (me, asked) => loadBulkEffect(deps, me, asked))
  serve(door, bulkEndpoints.startBulk, (me, asked) => startBulk(deps, me, asked))
  serve(door, bulkEndpoints.lookAtBulk, (me, asked) => lookAtBulk(deps, me, asked))
  serve(door, bulkEndpoints.stopBulk, (me, asked) => stopBulk(deps, me, asked))
  serve(door, bulkEndpoints.takeBackBulk, (me, asked) => takeBackBulk(deps, me, asked))
  serve(door, bulkEndpoints.changeTags, (me, asked) => changeTags(deps, me, asked))
  serve(door, bulkEndpoints.findTags, (_, asked) => findTags(deps, asked))
}
