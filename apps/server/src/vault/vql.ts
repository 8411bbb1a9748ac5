/** The queries of the connector. Only field names, whole numbers and moments ever stand in them. */

const fieldName = /^[a-z][a-z0-9_]{0,58}__(?:v|c|sys|vs)$|^id$/

export const isFieldName = (name: string): boolean => fieldName.test(name)

/** Everything that changed since, of all versions; who decides from these rows sees half a document. */
export function changesSince(at: Date): string {
  return `SELECT id, version_modified_date__v FROM ALLVERSIONS documents WHERE version_modified_date__v >= '${at.toISOString()}'`
}

/** The newest change there is, by Vault's clock. */
export const newestChange = newestChanges(1)

/** The newest changes, of all versions. */
export function newestChanges(most: number): string {
  return `SELECT id, version_modified_date__v FROM ALLVERSIONS documents ORDER BY version_modified_date__v DESC PAGESIZE ${whole(most)}`
}

/** The next documents in the order of their ids, one row each. */
export function documentsAfter(id: number, most: number): string {
  return `SELECT id FROM documents WHERE id > ${whole(id)} ORDER BY id ASC PAGESIZE ${whole(most)}`
}

/** All versions of these documents. */
export function versionsOf(ids: readonly number[], fields: readonly string[]): string {
  for (const field of fields) if (!isFieldName(field)) throw new Error('not a field name')
  return `SELECT ${fields.join(', ')} FROM ALLVERSIONS documents WHERE id CONTAINS (${ids.map(whole).join(', ')})`
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error('not a whole number')
  return String(value)
}
