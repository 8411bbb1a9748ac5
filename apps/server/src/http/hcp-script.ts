import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Where the doctor's script lies after its build, seen from the built server and from the source. */
const places = ['../../hcp/dist/reader.js', '../../../hcp/dist/reader.js']

export type Script = { name: string; source: string }

/** The browser script under a name that changes with its content; null when it is not built: pages work without it. */
export function readScript(): Script | null {
  for (const place of places) {
    const source = readOrNull(new URL(place, import.meta.url))
    if (source) return { name: `reader.${createHash('sha256').update(source).digest('hex').slice(0, 10)}.js`, source }
  }
  return null
}

function readOrNull(url: URL): string | null {
  try {
    return readFileSync(url, 'utf8')
  } catch {
    return null // not here; the next place, or no script at all
  }
}
