import { policyEndpoints as policy } from '@vouch/contract'
import { decidePolicyChange } from '../policy/decide-policy-change.ts'
import { listPolicyVersions } from '../policy/list-policy-versions.ts'
import { loadPolicyPage } from '../policy/load-policy-page.ts'
import { listPreviewExamples } from '../policy/preview/list-preview-examples.ts'
import { lookAtPreview } from '../policy/preview/look-at-preview.ts'
import { previewPolicy } from '../policy/preview/preview-policy.ts'
import { proposePolicy } from '../policy/propose-policy.ts'
import { serve, type Door } from './serve.ts'

/** What the company allows: seen, tried on the last 90 days, changed by two people. */
export function mountPolicy(door: Door): void {
  const { deps } = door
  serve(door, policy.loadPolicy, (me) => loadPolicyPage(deps, me))
  serve(door, policy.listPolicyVersions, (me, asked) => listPolicyVersions(deps, me, asked))
  serve(door, policy.previewPolicy, (me, asked) => previewPolicy(deps, me, asked))
  serve(door, policy.lookAtPolicyPreview, (me, asked) => lookAtPreview(deps, me, asked.previewId))
  serve(door, policy.listPreviewExamples, (me, asked) => listPreviewExamples(deps, me, asked))
  serve(door, policy.proposePolicy, (me, asked) => proposePolicy(deps, me, asked))
  serve(door, policy.decidePolicyChange, (me, asked) => decidePolicyChange(deps, me, asked))
}
