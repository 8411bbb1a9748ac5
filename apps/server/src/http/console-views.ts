import { viewEndpoints as views } from '@vouch/contract'
import { listViews } from '../views/list-views.ts'
import { removeView } from '../views/remove-view.ts'
import { renameView } from '../views/rename-view.ts'
import { saveView } from '../views/save-view.ts'
import { serve, type Door } from './serve.ts'

/** What each person keeps of the lists. */
export function mountViews(door: Door): void {
  const { deps } = door
  serve(door, views.listViews, (me, asked) => listViews(deps, me, asked))
  serve(door, views.saveView, (me, asked) => saveView(deps, me, asked))
  serve(door, views.renameView, (me, asked) => renameView(deps, me, asked))
  serve(door, views.removeView, (me, asked) => removeView(deps, me, asked))
}
