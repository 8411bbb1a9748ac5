/**
 * How it was known that the HCP said it. `wechat_oauth`: recognised by WeChat for this answer; `remembered`: by the signed
 * cookie of a browser that was recognised before; `unknown`: not at all, which is enough for a no alone.
 */
export type ConsentIdentity =
  'wechat_oauth' | 'remembered' | 'in_person' | 'paper_scan' | 'earlier_system' | 'on_request' | 'unknown'

/** What a statement can be proved by later. Ids, classes and reasons; no address of a device. */
export type ConsentEvidence = {
  /** Of the reader, as WeCom knows them. */
  externalUserId?: string
  /** The link it was answered through. */
  sendId?: string
  /** In whose chat or presence. */
  repId?: string
  /** Class of the browser, as `wechat` or `desktop`. */
  browser?: string
  /** The scan of a paper, or the file an import names for its row. */
  fileHash?: string
  paperId?: string
  enteredBy?: string
  confirmedBy?: string
  /** Where an imported statement lies: the run, its row, and the evidence the row names. */
  runId?: string
  row?: number
  source?: string
  /** The answer of a contact nobody had matched, which it is now. */
  answerId?: string
  /** How the HCP asked for it, and why, when the company or a rep passes it on. */
  asked?: string
  reason?: string
  /** Of what a merge carried over from another record: the statement there, when it was made, and the merge. */
  carriedFrom?: string
  saidAt?: string
  mergeId?: string
}

/** The one place that writes the column. */
export const writeEvidence = (evidence: ConsentEvidence): string => JSON.stringify(evidence)

/** The one place that reads it; rows of long ago may hold less, or nothing. */
export function readEvidence(text: string): ConsentEvidence {
  if (!text.startsWith('{')) return {}
  try {
    return JSON.parse(text) as ConsentEvidence // written above
  } catch {
    return {}
  }
}
