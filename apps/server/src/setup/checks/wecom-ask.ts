import type { Settings } from '../../config.ts'
import { ProbeFault, type ProbeAnswer } from '../../wecom/probe.ts'
import { fault, type Found } from './check.ts'
import { silent } from './words/wecom.ts'
import { refused } from './words/wecom-refusals.ts'

export const hostOf = (address: string | undefined): string =>
  address && URL.canParse(address) ? new URL(address).host : ''

/** What WeCom gave, or what became of the check because it gave nothing. Refusals are told by `onRefusal` first. */
export async function asked(
  settings: Settings,
  ask: () => Promise<ProbeAnswer>,
  onRefusal: (answer: ProbeAnswer) => Found | undefined = () => undefined,
): Promise<{ answer: ProbeAnswer } | { found: Found }> {
  try {
    const answer = await ask()
    if (answer.errcode === 0) return { answer }
    return { found: onRefusal(answer) ?? fault(refused(answer.errcode)) }
  } catch (thrown) {
    if (!(thrown instanceof ProbeFault)) throw thrown
    return { found: fault(silent(hostOf(settings.WECOM_API_URL), thrown.code)) }
  }
}
