import { folderFiles } from './disk-files.ts'
import { readFilesUrl } from './files-url.ts'
import type { Files } from './files.ts'
import { s3Files } from './s3-files.ts'

/** Opens the store named by FILES_URL; an S3 store needs its keys. Throws a sentence for the administrator. */
export function openFiles(url: string, keys: { id?: string | undefined; secret?: string | undefined } = {}): Files {
  const address = readFilesUrl(url)
  if (address.kind === 'folder') return folderFiles(address.path)
  if (!keys.id || !keys.secret)
    throw new Error('FILES_URL names an s3: store; it needs FILES_KEY_ID and FILES_KEY_SECRET')
  return s3Files(address, { id: keys.id, secret: keys.secret })
}
