import { randomBytes } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { newToken, sha256 } from '../secrets.ts'
import type { Face } from './sessions.ts'

/** Where a person may land after signing in: a path below their own face, never another origin (assurance.md A5). */
export function safeNext(asked: string | undefined, face: Face): string {
  const home = face === 'rep' ? '/sidebar/' : '/console/'
  if (!asked || asked.length > 500 || !asked.startsWith(home) || /[\\\s]|\/\/|\.\./.test(asked)) return home
  // As a browser reads it: dots lead upwards also when they are encoded.
  return new URL(asked, 'http://here').pathname.startsWith(home) ? asked : home
}

/**
 * Begins a sign-in with a one-time state bound to this browser. Returns where to go and the browser's proof. With
 * `signingId` it is the login that signs, with `proofId` the one that proves who somebody is: it opens no session.
 */
export async function startSignIn(
  { db, now, wecom, config }: Deps,
  asked: { face: Face; next: string | undefined; signingId?: string; proofId?: string },
): Promise<{ redirectTo: string; browserToken: string }> {
  const state = randomBytes(24).toString('hex') // letters and digits only (wecom-platform.md 2.1)
  const browserToken = newToken()
  const returnTo = `${config.PUBLIC_URL}/api/${asked.face}/sign-in/return`
  const redirectTo = asked.face === 'rep' ? wecom.oauthUrl({ returnTo, state }) : wecom.loginUrl({ returnTo, state })
  await db
    .insertInto('signIn')
    .values({
      stateHash: sha256(state),
      browserHash: sha256(browserToken),
      face: asked.face,
      nextPath: safeNext(asked.next, asked.face),
      startedAt: now(),
      usedAt: null,
      codeHash: null,
      identity: null,
      signingId: asked.signingId ?? null,
      proofId: asked.proofId ?? null,
    })
    .execute()
  return { redirectTo, browserToken }
}
