import type { ContentItemTable } from '../../db/tables/content.ts'

type ContentKind = ContentItemTable['kind']

/** What is taken, told by the bytes. */
export const fileFormats = ['pdf', 'docx', 'pptx', 'png', 'jpeg', 'mp4', 'html', 'text', 'vtt'] as const
export type FileFormat = (typeof fileFormats)[number]

const described: Record<FileFormat, { mime: string; kinds: readonly ContentKind[] }> = {
  pdf: { mime: 'application/pdf', kinds: ['document'] },
  docx: { mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', kinds: ['document'] },
  pptx: { mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', kinds: ['document'] },
  png: { mime: 'image/png', kinds: ['image'] },
  jpeg: { mime: 'image/jpeg', kinds: ['image'] },
  mp4: { mime: 'video/mp4', kinds: ['video'] },
  html: { mime: 'text/html', kinds: ['article'] },
  text: { mime: 'text/plain', kinds: ['article', 'phrase'] },
  vtt: { mime: 'text/vtt', kinds: [] }, // goes with a video and is no piece of its own
}

/** The type under which a file of that format is stored and served. */
export const mimeOf = (format: FileFormat): string => described[format].mime

/** Whether a piece of that kind can be made of such a file. */
export const fitsKind = (format: FileFormat, kind: ContentKind): boolean => described[format].kinds.includes(kind)
