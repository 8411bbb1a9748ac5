import { addDraft, publish } from './make.ts'
import { plainPdf } from './plain-pdf.ts'
import type { VaultSite } from './site.ts'

export type Stocked = { fields: Record<string, unknown>; lines: string[]; draftOnTop?: boolean }

/** Fills a vault with documents that were signed and approved. The same documents have the same ids and bytes each time. */
export function stockVault(site: VaultSite, pieces: readonly Stocked[]): void {
  for (const { fields, lines, draftOnTop } of pieces) {
    const { id } = publish(site, { fields, bytes: plainPdf(lines) })
    if (draftOnTop) addDraft(site, { id })
  }
}
