/** Lower-case words with slashes between them; no part is empty or begins with a dot. */
const safeName = /^[a-z0-9_-][a-z0-9._-]*(\/[a-z0-9_-][a-z0-9._-]*)*$/

/** Throws unless it is a name that no store can misunderstand. */
export function checkName(name: string): void {
  if (name.length > 300 || !safeName.test(name)) throw new Error(`${JSON.stringify(name)} is no name for a stored file`)
}

/** Throws unless what has the name may go: everything else is kept for good. */
export function checkRemovable(name: string): void {
  checkName(name)
  if (!name.startsWith('uploads/')) throw new Error(`${name} is kept for good`)
}

/** Where the bytes of a document, picture, video or list are kept. */
export function contentName(hash: string): string {
  return `content/${hash}`
}

/** Where a part waits until its upload is whole. Its own hash is in the name, so no part ever changes. */
export function partName(uploadId: string, part: { number: number; sha256: string }): string {
  return `${uploadName(uploadId)}/${part.number}-${part.sha256}`
}

/** Everything of one upload. */
export function uploadName(uploadId: string): string {
  return `uploads/${uploadId.toLowerCase()}`
}
