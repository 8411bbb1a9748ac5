const megabyte = 1024 * 1024

export type MediaKind = 'image' | 'voice' | 'video' | 'file'

/** Limits of media/upload (wecom-platform.md 5.1). Larger documents travel as a `news` link to our own viewer. */
export const mediaLimits: Record<MediaKind, { mostBytes: number; formats: readonly string[] }> = {
  image: { mostBytes: 10 * megabyte, formats: ['image/jpeg', 'image/png'] },
  voice: { mostBytes: 2 * megabyte, formats: ['audio/amr'] },
  video: { mostBytes: 10 * megabyte, formats: ['video/mp4'] },
  file: { mostBytes: 20 * megabyte, formats: [] },
}

/** A medium must be larger than this. */
export const mediaTooFewBytes = 5

/** How long a `media_id` lives, in ms. */
export const mediaLifeMs = 3 * 86_400_000

/** Would media/upload take this many bytes of this kind. */
export function mediaFits(kind: MediaKind, bytes: number): boolean {
  return bytes > mediaTooFewBytes && bytes <= mediaLimits[kind].mostBytes
}
