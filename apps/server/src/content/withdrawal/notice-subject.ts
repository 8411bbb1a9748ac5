import { sha256 } from '../../secrets.ts'

export const noticeKind = 'correction' as const

/**
 * What one asking of a rep is called among the notices that are owed. Readers who come later are a subject of their own:
 * their rep is told again, about them.
 */
export function noticeSubject(asking: {
  contentItemId: string
  noticeItemId: string
  askedAt: Date
  repId: string
}): string {
  const { contentItemId, noticeItemId, askedAt, repId } = asking
  return sha256([contentItemId, noticeItemId, askedAt.toISOString(), repId].join('\n')).slice(0, 26)
}
