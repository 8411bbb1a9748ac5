import type { Output, policyEndpoints, PreviewCounts } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { readSettings } from '../settings.ts'
import { findPreview, readJson } from './preview-rows.ts'

type Endpoint = typeof policyEndpoints.lookAtPolicyPreview

/** How far a preview is and what it found so far. It names nobody, so it may be followed while it goes on. */
export async function lookAtPreview(deps: Deps, me: Session, previewId: string): Promise<Output<Endpoint>> {
  const found = await findPreview(deps.db, previewId)
  if (!found) throw new AppError('not_found')
  const { stage, fromAt, untilAt, doctors, doctorsDone } = found
  return {
    ...{ previewId, stage, fromAt, untilAt, doctors, doctorsDone },
    ...{ counts: readJson<PreviewCounts>(found.counts), settings: readSettings(found.settings) },
  }
}
