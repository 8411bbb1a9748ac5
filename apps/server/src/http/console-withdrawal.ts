import { readerEndpoints, withdrawalEndpoints } from '@vouch/contract'
import { exportReaders } from '../content/withdrawal/export-readers.ts'
import { listReaders } from '../content/withdrawal/list-readers.ts'
import { loadRecall } from '../content/withdrawal/load-recall.ts'
import { loadWithdrawalEffect } from '../content/withdrawal/load-withdrawal-effect.ts'
import { noticeProgress } from '../content/withdrawal/notice-progress.ts'
import { previewNotice } from '../content/withdrawal/preview-notice.ts'
import { tellReaders } from '../content/withdrawal/tell-readers.ts'
import { withdrawContent } from '../content/withdrawal/withdraw-content.ts'
import { serveCsv } from './serve-csv.ts'
import { serve, type Door } from './serve.ts'

/** Withdrawing, and telling those who read it. */
export function mountWithdrawal(door: Door): void {
  const { deps } = door
  serve(door, withdrawalEndpoints.effectOfWithdrawal, (me, asked) => loadWithdrawalEffect(deps, me, asked))
  serve(door, withdrawalEndpoints.withdrawContent, (me, asked) => withdrawContent(deps, me, asked))
  serve(door, withdrawalEndpoints.listReaders, (me, asked) => listReaders(deps, me, asked))
  serve(door, withdrawalEndpoints.tellReaders, (me, asked) => tellReaders(deps, me, asked))
  serve(door, readerEndpoints.loadRecall, (me, asked) => loadRecall(deps, me, asked))
  serve(door, readerEndpoints.previewNotice, (_, asked) => previewNotice(deps, asked))
  serve(door, readerEndpoints.noticeProgress, (_, asked) => noticeProgress(deps, asked))
  serveCsv(door, '/api/console/content/:contentItemId/readers.csv', async (me, { language, params }) => ({
    name: 'readers',
    text: await exportReaders(deps, me, { contentItemId: params['contentItemId'] ?? '', language }),
  }))
}
