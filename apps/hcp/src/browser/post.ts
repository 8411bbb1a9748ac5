/** A random version 4 UUID; `crypto.randomUUID` is younger than the oldest browsers we serve. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Posts JSON to this link, also while the page is being left. Repeats up to 3 times when the server is out of reach
 * or busy; the same body carries the same ids, so a repetition adds nothing.
 */
export async function post(path: string, body: unknown): Promise<'taken' | 'refused' | 'away'> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const answer = await fetch(path, {
      method: 'POST',
      keepalive: true,
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => null)
    if (answer && answer.status < 500 && answer.status !== 429) return answer.ok ? 'taken' : 'refused'
    await pause(attempt * 2_000)
  }
  return 'away'
}
