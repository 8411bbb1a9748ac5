import type { Input, Output, repEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'

type Endpoint = typeof repEndpoints.sign

/**
 * Signs a page of our own and of nobody else: a signed address lets a page act with the app's rights
 * (wecom-platform.md 1.5). The address is signed as given, cut at its hash, never decoded or encoded.
 */
export async function signPage({ wecom, config }: Deps, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const url = asked.url.split('#')[0] ?? ''
  if (!isOurs(url, config.PUBLIC_URL)) throw new AppError('foreign_url', { field: 'url' })
  return wecom.sign(url)
}

/**
 * Signs while something else is read. What is called later gives the signatures, or null when they are not there yet
 * or never will be: a page without them asks for itself and is told why.
 */
export function signBeside(deps: Deps, url: string | null): () => Output<Endpoint> | null {
  let signed: Output<Endpoint> | null = null
  if (url !== null) {
    signPage(deps, { url }).then(
      (both) => (signed = both),
      () => {},
    )
  }
  return () => signed
}

function isOurs(url: string, publicUrl: string): boolean {
  if (!URL.canParse(url)) return false
  const { origin, username, password } = new URL(url)
  return origin === new URL(publicUrl).origin && !username && !password && url.startsWith(`${origin}/`)
}
