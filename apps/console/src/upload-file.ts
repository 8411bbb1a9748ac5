import { carryFile as carry, type CarryListener } from '@vouch/contract'
import { call, endpoints, sendPart, type UploadProgress } from './api.ts'

export type { UploadStep } from '@vouch/contract'
export type UploadPurpose = 'content' | 'card' | 'poster' | 'captions' | 'import' | 'paper'

/** A file on its way; `uploadId` is known once it was begun, so that a second try goes on with the same. */
export type Upload = { file: File; purpose: UploadPurpose; uploadId: string | null }

/** Takes a file to the office's door until it is stored or refused; a lost line waits and goes on by itself. */
export function carryFile(
  { purpose, ...carried }: Upload,
  signal: AbortSignal,
  listener: CarryListener,
): Promise<UploadProgress> {
  const desk = {
    open: (asked: { fileName: string; bytes: number; sha256: string | null }) =>
      call(endpoints.openUpload, { ...asked, purpose }, { signal }),
    look: (uploadId: string) => call(endpoints.lookAtUpload, { uploadId }, { signal }),
    close: (uploadId: string) => call(endpoints.closeUpload, { uploadId }, { signal }),
    send: (part: Parameters<typeof sendPart>[0]) => sendPart(part, signal),
  }
  return carry(carried, desk, signal, listener)
}
