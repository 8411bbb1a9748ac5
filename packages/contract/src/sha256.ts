/** SHA-256 as hex, by the browser itself; only over https or on this computer. */
export async function sha256(source: Blob | string): Promise<string> {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : await source.arrayBuffer()
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
