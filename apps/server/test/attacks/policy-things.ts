import { randomUUID } from 'node:crypto'
import { noCounts } from '../../src/policy/preview/preview-counts.ts'
import { loadNewest } from '../../src/policy/settings.ts'
import { buildRep } from '../builders.ts'
import type { TestServer } from '../test-server.ts'

/** A preview, a change that somebody else asked for, and settings that may be asked for. */
export async function buildPolicyThings({ owner, deps, ...server }: TestServer) {
  const at = deps.now()
  const { settings, version } = await loadNewest(owner)
  const colleague = await buildRep({ owner, deps, ...server }, { roles: ['compliance_officer'] })
  const [previewId, changeId] = [deps.newId(), deps.newId()]
  const asked = { requestId: randomUUID(), baseVersion: version, settings: JSON.stringify(settings) }
  await owner
    .insertInto('policyPreview')
    .values({
      ...{ id: previewId, ...asked, askedBy: colleague, fromAt: at, untilAt: at, stage: 'done', doctors: 0 },
      ...{ counts: JSON.stringify(noCounts()), examples: '[]', createdAt: at, doneAt: at },
    })
    .execute()
  await owner
    .insertInto('policyChange')
    .values({
      ...{ id: changeId, ...asked, openMark: null, reason: '试一试', holdsFrom: null, proposedBy: colleague },
      ...{ proposedAt: at, decision: null, decidedBy: null, decidedAt: null, version: null, previewId },
    })
    .execute()
  return { previewId, changeId, baseVersion: version, ...settings, decision: 'declined', holdsFrom: null }
}
