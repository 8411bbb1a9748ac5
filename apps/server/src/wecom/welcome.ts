import type { Ask } from './transport.ts'
import { passes, WeComRefusal } from './wecom-refusal.ts'
import type { WeCom, WelcomeOutcome } from './wecom.ts'

const outcomes: Record<number, WelcomeOutcome['outcome']> = { 41050: 'expired', 41051: 'already', 41096: 'elsewhere' }
/** Of the 20 s some are gone before we hear of it; a call that hangs must leave time for another. */
const timeoutMs = 4_000

/** Text and at most one link card (wecom-platform.md 3.7). What may pass by itself is thrown. */
export async function sendWelcome(
  call: Ask,
  { code, text, card }: Parameters<WeCom['sendWelcome']>[0],
): Promise<WelcomeOutcome> {
  const link = card && { title: card.title, desc: card.desc, picurl: card.picture, url: card.link }
  const json = {
    ...{ welcome_code: code, text: { content: text } },
    ...(link ? { attachments: [{ msgtype: 'link', link }] } : {}),
  }
  try {
    await call({ path: 'externalcontact/send_welcome_msg', json, timeoutMs })
    return { outcome: 'sent' }
  } catch (fault) {
    if (!(fault instanceof WeComRefusal) || passes(fault)) throw fault
    const outcome = outcomes[fault.errcode]
    return outcome ? ({ outcome } as WelcomeOutcome) : { outcome: 'refused', errcode: fault.errcode } // one of the three above
  }
}
