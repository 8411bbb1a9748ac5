import type { Input, Output, policyEndpoints } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { differencesOf, loadInForce, settingsIn } from '../settings.ts'
import { insertPreview } from './preview-rows.ts'

type Endpoint = typeof policyEndpoints.previewPolicy

/** Begins to count what settings would have done; whoever asks again before it is done wants the newer one only. */
export async function previewPolicy(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const settings = settingsIn(asked)
  return transact(deps.db, async (trx) => {
    const repeated = await trx
      .selectFrom('policyPreview')
      .select('id')
      .where('askedBy', '=', me.personId)
      .where('requestId', '=', asked.requestId)
      .forUpdate()
      .executeTakeFirst()
    if (repeated) return { previewId: repeated.id }
    await trx
      .deleteFrom('policyPreview')
      .where('askedBy', '=', me.personId)
      .where('stage', '=', 'running')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('policyChange')
              .select('policyChange.id')
              .whereRef('policyChange.previewId', '=', 'policyPreview.id'),
          ),
        ),
      )
      .execute()
    const at = deps.now()
    const inForce = await loadInForce(trx, at)
    const previewId = await insertPreview(trx, deps, {
      ...{ me, requestId: asked.requestId, settings, baseVersion: inForce.version },
    })
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'policy.preview_asked', subjectId: previewId },
      detail: { baseVersion: inForce.version, settings: differencesOf(inForce.settings, settings) },
    })
    return { previewId }
  })
}
