import { homeEndpoints } from '@vouch/contract'
import { loadHome } from '../home/load-home.ts'
import { serve, type Door } from './serve.ts'

/** What waits for whoever works here. */
export function mountHome(door: Door): void {
  serve(door, homeEndpoints.loadHome, (me) => loadHome(door.deps, me))
}
