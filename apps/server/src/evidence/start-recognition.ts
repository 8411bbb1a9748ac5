import { randomBytes } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { newToken, sha256 } from '../secrets.ts'
import { writeWanted, type Wanted } from './wanted.ts'

const browserTokenShape = /^[\w-]{43}$/

/**
 * The reader's own tap: begins the silent question to WeChat who they are, with a one-time state bound to this browser. An
 * invented link goes the same way; nothing here depends on the link being ours. Several links may be asked for at once,
 * so a browser keeps its token. `wanted` is what was tapped, kept here until WeChat has answered.
 */
export async function startRecognition(
  { db, now, wecom, config }: Deps,
  asked: { path: string; browserToken: string | undefined; wanted?: Wanted },
): Promise<{ redirectTo: string; browserToken: string }> {
  const state = randomBytes(24).toString('hex') // letters and digits only (wecom-platform.md 2.1)
  const redirectTo = wecom.oauthUrl({ returnTo: `${config.PUBLIC_URL}/l/return`, state })
  const known = asked.browserToken && browserTokenShape.test(asked.browserToken) ? asked.browserToken : undefined
  const browserToken = known ?? newToken()
  await db
    .insertInto('signIn')
    .values({
      stateHash: sha256(state),
      browserHash: sha256(browserToken),
      face: 'hcp',
      nextPath: asked.path,
      wanted: asked.wanted ? writeWanted(asked.wanted) : null,
      startedAt: now(),
      usedAt: null,
      codeHash: null,
      identity: null,
    })
    .execute()
  return { redirectTo, browserToken }
}
