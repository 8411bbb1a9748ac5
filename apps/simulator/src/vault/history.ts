import type { VaultAnswer, VaultRequest } from './answer.ts'
import { noRight, VaultError } from './errors.ts'
import { visibleDocuments, type AuditRow, type VaultSite } from './site.ts'

const monthMs = 30 * 86_400_000
const seconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** `GET /objects/documents/{id}/audittrail`; `responseStatus` comes last here (1.5). Newest first. */
export function auditTrail(site: VaultSite, { query }: VaultRequest, [id = '']: string[]): VaultAnswer {
  if (!visibleDocuments(site).some((document) => document.id === Number(id))) throw noRight()
  const from = Date.parse(query.get('start_date') ?? '') || 0
  const rows = site.audit.filter((row) => row.docId === Number(id) && row.at >= from).reverse()
  const limit = Math.min(1_000, Number(query.get('limit') ?? 200))
  const offset = Number(query.get('offset') ?? 0)
  const page = rows.slice(offset, offset + limit)
  const object = { name: 'document_audit_trail', label: 'Document Audit Trail' }
  return {
    body: {
      responseDetails: { offset, limit, size: page.length, total: rows.length, object },
      data: page.map((row) => auditBody(row)),
      responseStatus: 'SUCCESS',
    },
  }
}

function auditBody(row: AuditRow): Record<string, unknown> {
  const { userName, fullName, action, version, fieldName, oldValue, newValue, signatureMeaning } = row
  return {
    ...{ id: String(row.id), timestamp: seconds(row.at), user_name: userName, full_name: fullName, action },
    ...{ item: `CN-PM-${String(row.docId).padStart(5, '0')}`, field_name: fieldName, old_value: oldValue },
    ...{ new_value: newValue, workflow_name: null, task_name: null, signature_meaning: signatureMeaning },
    ...{ view_license: null, job_instance_id: null, doc_id: String(row.docId), version },
    document_url: `/ui/#doc_info/${row.docId}/${version.replace('.', '/')}`,
    event_description: signatureMeaning ? 'Document signed' : 'State changed',
  }
}

/** `GET /objects/deletions/documents`: at most 30 days back. */
export function listDeletions(site: VaultSite, { query }: VaultRequest): VaultAnswer {
  const from = Date.parse(query.get('start_date') ?? '') || site.now() - monthMs
  const until = Date.parse(query.get('end_date') ?? '') || site.now()
  if (from < site.now() - monthMs - 60_000) throw new VaultError('INVALID_DATA', 'start_date is too long ago.')
  const rows = site.deletions.filter(({ at }) => at >= from && at <= until)
  const limit = Math.min(1_000, Number(query.get('limit') ?? 1_000))
  const offset = Number(query.get('offset') ?? 0)
  const page = rows.slice(offset, offset + limit)
  return {
    body: {
      responseStatus: 'SUCCESS',
      responseMessage: 'OK',
      responseDetails: { total: rows.length, size: page.length, limit, offset },
      data: page.map(({ docId, major, minor, at, type }) => ({
        ...{ id: docId, major_version_number__v: major, minor_version_number__v: minor },
        ...{ date_deleted: seconds(at), global_id__sys: `${site.vaultId}_${docId}` },
        ...{ global_version_id__sys: major === '' ? null : `${site.vaultId}_${docId}_${major}${minor}` },
        ...{ external_id__v: null, deletion_type: type },
      })),
    },
  }
}
