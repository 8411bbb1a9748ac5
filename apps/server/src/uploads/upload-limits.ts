import type { Role } from '@vouch/rules'
import type { UploadTable } from '../db/tables/files.ts'
import { renditionCaps } from '../content/renditions/rendition.ts'

export type Purpose = UploadTable['purpose']

/** One part: small enough to arrive in time over a bad line and to be held in memory. */
export const partBytes = 1024 * 1024

const mb = 1024 * 1024
/** Longest file of each purpose (assurance.md A44). */
export const longestUpload: Record<Purpose, number> = {
  content: renditionCaps.fileBytes,
  card: 10 * mb,
  poster: 10 * mb,
  captions: 200_000,
  import: 10 * mb,
  paper: 20 * mb,
  evidence: 5 * mb,
}

/** Who of the office brings in files of a purpose; evidence comes from reps alone. */
export const whoUploads = {
  content: ['author'],
  card: ['author'],
  poster: ['author'],
  captions: ['author'],
  import: ['author', 'compliance', 'compliance_officer', 'system_admin'],
  paper: ['compliance', 'compliance_officer'],
} as const satisfies Record<Exclude<Purpose, 'evidence'>, readonly Role[]>
export const uploaders = [...new Set(Object.values(whoUploads).flat())]

/** An upload nobody adds to is forgotten after a day; one that is stored is there to be used for a week. */
export const openLifeMs = 24 * 3_600_000
export const storedLifeMs = 7 * openLifeMs

/** Open ones a person may have at a time: bounds what waits on the disk. */
export const mostOpen = 100

export const partsOf = (bytes: number): number => Math.ceil(bytes / partBytes)

/** Bytes of part `number`, counted from 1; 0 when there is no such part. */
export function bytesOfPart(number: number, bytes: number): number {
  if (number < 1 || number > partsOf(bytes)) return 0
  return Math.min(partBytes, bytes - (number - 1) * partBytes)
}
