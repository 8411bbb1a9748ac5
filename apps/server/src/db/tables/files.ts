import type { Generated } from 'kysely'

export type UploadTable = {
  id: string
  personId: string
  purpose: 'content' | 'card' | 'poster' | 'captions' | 'import' | 'paper' | 'evidence'
  fileName: string
  bytes: number
  partBytes: number
  /** As declared, if at all; the server alone names the whole. */
  sha256: string | null
  state: 'open' | 'checking' | 'stored' | 'refused' | 'gone'
  problem: string | null
  fileHash: string | null
  createdAt: Date
  endsAt: Date
}

export type UploadPartTable = {
  uploadId: string
  number: number
  bytes: number
  sha256: string
  storedAt: Date
}

export type StoredFileTable = {
  fileHash: string
  bytes: number
  mime: string
  kind: string
  storedAt: Date
  storedBy: string
}

export type RenditionTable = {
  fileHash: string
  state: 'waiting' | 'drawing' | 'done' | 'failed'
  problem: string | null
  pagesDone: Generated<number>
  pageCount: Generated<number>
  attempts: Generated<number>
  owner: string | null
  ownedUntil: Date
  runAt: Date
  askedAt: Date
  doneAt: Date | null
}

export type RenditionPageTable = {
  fileHash: string
  number: number
  width: number
  height: number
  placeholder: string
  text: string
  /** Of its document's outline, see content/renditions/read-outline.ts. */
  headings: Generated<string>
}

export type MediaTable = {
  fileHash: string
  kind: 'file' | 'image' | 'video'
  /** Under which the doctor gets it (media-name.ts). */
  fileName: Generated<string>
  mediaId: string | null
  uploadedAt: Date | null
  expiresAt: Date | null
  wantedAt: Date
  triedAt: Date | null
  attempts: Generated<number>
  problem: string | null
}
