/** A row of a document's audit trail, as far as it matters who approved. */
export type VaultAuditRow = { version: string; person: string; name: string; meaning: string | null; at: Date }

/**
 * The signatures that approved version `major`.0: those on it, and those on the last draft before it, which became it.
 * A signature on an earlier draft was for other words. Only the meanings named in the mapping are approvals.
 */
export function approvalsOf<Row extends VaultAuditRow>(
  rows: readonly Row[],
  major: number,
  meanings: readonly string[],
): Row[] {
  const drafts = rows.flatMap(({ version }) => {
    const [before, minor] = version.split('.').map(Number)
    return before === major - 1 && minor !== undefined && minor > 0 ? [minor] : []
  })
  const counting = [`${major}.0`, ...(drafts.length > 0 ? [`${major - 1}.${Math.max(...drafts)}`] : [])]
  return rows.filter(
    ({ version, meaning }) => counting.includes(version) && meaning !== null && meanings.includes(meaning),
  )
}
