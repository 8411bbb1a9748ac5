import type { Settings } from '../../config.ts'

/** Our own address did not answer. `code` is the system's. */
export class OwnFault extends Error {
  readonly code: string
  constructor(code: string) {
    super(`our own address does not answer: ${code}`)
    this.code = code
  }
}

const timeLimitMs = 5_000
const mostText = 4_096

/** Asks our own public address as the outside would: through DNS, proxy and certificate, following nothing. */
export async function fetchOwn(
  { PUBLIC_URL }: Settings,
  path: string,
): Promise<{ status: number; text: string; location: string | null }> {
  try {
    const signal = AbortSignal.timeout(timeLimitMs)
    const answer = await fetch(`${(PUBLIC_URL ?? '').replace(/\/$/, '')}${path}`, { redirect: 'manual', signal })
    const text = (await answer.text()).slice(0, mostText)
    return { status: answer.status, text, location: answer.headers.get('location') }
  } catch (thrown) {
    const { cause, name } = thrown as { cause?: { code?: unknown }; name?: unknown } // as fetch throws
    throw new OwnFault(String(cause?.code ?? name ?? 'unknown'))
  }
}
