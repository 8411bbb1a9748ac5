import type { Input, Output, viewEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import type { Session } from '../people/sessions.ts'

type Endpoint = typeof viewEndpoints.removeView

/** Removes a view of one's own; repeating changes nothing. */
export async function removeView(
  { db }: Deps,
  { personId }: Session,
  { viewId }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  await db.deleteFrom('savedView').where('id', '=', viewId).where('personId', '=', personId).execute()
  return { done: true }
}
