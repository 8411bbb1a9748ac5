import type { ContentRow } from './api.ts'

export const pictures = 'image/png,image/jpeg'

export const captionFiles = '.vtt,text/vtt'

/** Files a kind is made of; a help in the file dialogue, the server looks at the bytes. */
export const acceptOf: Partial<Record<ContentRow['kind'], string>> = {
  document: '.pdf,.pptx,.docx',
  image: pictures,
  video: 'video/mp4',
  article: '.html,.htm,.md',
}
