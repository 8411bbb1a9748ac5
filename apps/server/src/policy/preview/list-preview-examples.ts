import type { Input, Output, policyEndpoints, PreviewCounts } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import type { Example } from './preview-counts.ts'
import { findPreview, readJson } from './preview-rows.ts'
import { findShown } from './preview-queries.ts'

type Endpoint = typeof policyEndpoints.listPreviewExamples

/** Some sends that would have been decided otherwise. Looking is recorded: it shows personal data. */
export async function listPreviewExamples(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const found = await findPreview(deps.db, asked.previewId)
  if (!found) throw new AppError('not_found')
  const examples = readJson<Example[]>(found.examples).filter(({ effect }) => effect === asked.effect)
  const sends = await findShown(
    deps.db,
    examples.map(({ sendId }) => sendId),
  )
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'policy.preview_viewed', subjectId: found.id, detail: { shown: sends.size, effect: asked.effect } },
    }),
  )
  return {
    rows: examples.flatMap(({ sendId, reasons }) => {
      const send = sends.get(sendId)
      return send ? [{ ...send, reasons }] : []
    }),
    of: readJson<PreviewCounts>(found.counts)[asked.effect],
  }
}
