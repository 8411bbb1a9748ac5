import { requestEndpoints } from '@vouch/contract'
import { decideRequest } from '../evidence/own-data/decide-request.ts'
import { listRequests } from '../evidence/own-data/list-requests.ts'
import { serve, type Door } from './serve.ts'

/** What doctors ask of the company on their own pages. */
export function mountRequests(door: Door): void {
  const { deps } = door
  serve(door, requestEndpoints.listHcpRequests, (me, asked) => listRequests(deps, me, asked))
  serve(door, requestEndpoints.decideHcpRequest, (me, asked) => decideRequest(deps, me, asked))
}
