import { viewEndpoints, type SavedView, type ViewAnswer, type ViewList } from '@vouch/contract'
import { shallowRef } from 'vue'
import { call } from '../api.ts'
import { useAsking } from './use-asking.ts'

/** What became of a step: done, refused with a reason, or not answered. */
export type ViewStep = 'done' | Extract<ViewAnswer, { reason: string }>['reason'] | 'failed'

/** One's own views of a list, read again after each step. */
export function useViews(list: ViewList) {
  const views = shallowRef<readonly SavedView[] | null>(null)
  const reading = useAsking()
  const doing = useAsking()

  async function read(): Promise<void> {
    const found = await reading.asking(() => call(viewEndpoints.listViews, { list }))
    if (found) views.value = found.views
  }

  async function take(ask: () => Promise<ViewAnswer | { done: true }>): Promise<ViewStep> {
    const answer = await doing.asking(ask)
    if (!answer) return 'failed'
    if ('reason' in answer) return answer.reason
    await read()
    return 'done'
  }

  return {
    ...{ views, read, unread: reading.fault, fault: doing.fault, busy: doing.busy },
    save: (view: Omit<SavedView, 'viewId'>, over: boolean) =>
      take(() => call(viewEndpoints.saveView, { list, name: view.name, asks: view.asks, over })),
    rename: (viewId: string, name: string) => take(() => call(viewEndpoints.renameView, { viewId, name })),
    remove: (viewId: string) => take(() => call(viewEndpoints.removeView, { viewId })),
  }
}
