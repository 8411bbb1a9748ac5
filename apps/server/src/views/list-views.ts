import type { Input, Output, viewEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import type { Session } from '../people/sessions.ts'
import { findViews } from './view-queries.ts'

type Endpoint = typeof viewEndpoints.listViews

/** One's own views of a list. */
export async function listViews(
  { db }: Deps,
  { personId }: Session,
  { list }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  return { views: await findViews(db, { personId, list }) }
}
