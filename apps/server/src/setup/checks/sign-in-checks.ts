import { loginUrl } from '../../wecom/oauth.ts'
import { findLastSignIn } from './check-queries.ts'
import { databaseOf, fault, notAsked, ok, type Bench, type Found } from './check.ts'
import { hostOf } from './wecom-ask.ts'
import { shown } from './words/when.ts'
import { loginWords, silent, toolbarWords } from './words/wecom.ts'

const timeLimitMs = 5_000
/** The login page names what is wrong by these codes (wecom-platform.md 2.3). */
const pageFault = /-310\d\d/

/**
 * No interface tells the callback domain, but the login page refuses a wrong one. A page without complaint proves
 * nothing; somebody who came back from it does.
 */
export async function checkLogin(bench: Bench): Promise<Found> {
  const { WECOM_CORP_ID = '', WECOM_AGENT_ID = '', WECOM_LOGIN_URL = '', PUBLIC_URL = '' } = bench.settings
  const asked = { returnTo: `${PUBLIC_URL.replace(/\/$/, '')}/api/console/sign-in/return`, state: 'systemcheck' }
  const page = await readPage(loginUrl({ WECOM_CORP_ID, WECOM_AGENT_ID, WECOM_LOGIN_URL }, asked))
  if ('code' in page) return fault(silent(hostOf(WECOM_LOGIN_URL), page.code))
  const refusal = pageFault.exec(page.text)?.[0]
  if (refusal) return fault(loginWords.refused(refusal, hostOf(PUBLIC_URL)))
  const at = bench.db ? await findLastSignIn(bench.db, 'console').catch(() => undefined) : undefined
  return at ? ok(loginWords.used(shown(at))) : notAsked(loginWords.unproved())
}

async function readPage(url: string): Promise<{ text: string } | { code: string }> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeLimitMs) })
    return { text: (await answer.text()).slice(0, 200_000) }
  } catch (thrown) {
    const { cause, name } = thrown as { cause?: { code?: unknown }; name?: unknown } // as fetch throws
    return { code: String(cause?.code ?? name ?? 'unknown') }
  }
}

/** WeCom tells nobody what stands in a toolbar; a rep who came in through it does. */
export async function checkToolbar(bench: Bench): Promise<Found> {
  const at = await findLastSignIn(databaseOf(bench), 'rep')
  if (at) return ok(toolbarWords.used(shown(at)))
  return notAsked(toolbarWords.ask(`${(bench.settings.PUBLIC_URL ?? '').replace(/\/$/, '')}/sidebar/`))
}
