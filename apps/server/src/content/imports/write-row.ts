import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { sha256 } from '../../secrets.ts'
import { createDraft } from '../life/create-draft.ts'
import { editDraft } from '../life/edit-draft.ts'
import { newVersion } from '../life/new-version.ts'
import { fieldOf } from './columns.ts'
import type { WritingPlan } from './plan-row.ts'
import type { RowFault } from './row-values.ts'

/**
 * Does what a row asks for in the way a person would: begins a draft or a new version, then saves its words. The key
 * stands for the row: a second try finds what the first one began. Returns what was in the way.
 */
export async function writeRow(
  deps: Deps,
  me: Session,
  { plan, key }: { plan: WritingPlan; key: string },
): Promise<RowFault | undefined> {
  try {
    const begun = await begin(deps, me, plan, requestIdOf(key))
    if (begun.outcome === 'refused') return { field: '', problem: 'refused' }
    const { contentItemId, revision } = begun
    const file = plan.outcome === 'new' || plan.fileUploadId === null ? {} : { fileUploadId: plan.fileUploadId }
    const { wording, script } = plan.values
    const beside = { ...file, ...plan.card, ...(script && { scriptPieces: script }) }
    const edited = await editDraft(deps, me, { contentItemId, revision, ...wording, ...beside })
    return edited.outcome === 'refused' ? { field: '', problem: 'refused' } : undefined
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault
    if (fault.code === 'bad_request') return { field: fieldOf(fault.field), problem: 'not_valid' }
    if (fault.code === 'stale_revision' || fault.code === 'content_frozen')
      return { field: 'document_id', problem: 'open_version_exists' }
    throw fault
  }
}

async function begin(deps: Deps, me: Session, plan: WritingPlan, requestId: string) {
  if (plan.outcome === 'changed') return { ...plan, outcome: 'done' as const }
  if (plan.outcome === 'new_version') return newVersion(deps, me, { requestId, contentItemId: plan.contentItemId })
  const { documentId, kind, wording } = plan.values
  const { title = '', class: pieceClass = 'scientific', product = '', language = 'zh-CN', market = '' } = wording
  const first = { title, class: pieceClass, product, language, market }
  return createDraft(deps, me, { requestId, documentId, kind, ...first, fileUploadId: plan.fileUploadId })
}

/** A UUID made of the row's own name. */
function requestIdOf(key: string): string {
  const [a, b, c, d, e] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(sha256(key))?.slice(1) ?? []
  return `${a}-${b}-8${c}-8${d}-${e}`
}
