import * as z from 'zod'
import type { Ask } from './transport.ts'
import { WeComRefusal } from './wecom-refusal.ts'
import type { WeCom } from './wecom.ts'

const answered = z.object({ invaliduser: z.string().catch('') })
/** Nobody could be reached; for some of several WeCom answers 0 and names them. */
const nobodyReached = 81013
/** The same card to the same people within these seconds is shown once (wecom-platform.md 7.2). */
const sameWithin = 14_400

/** A card of WeCom's own form: 128 and 512 characters, more is cut here and not there. Names come back lower-cased. */
export async function tell(
  call: Ask,
  agentId: string,
  { userIds, title, text, url }: Parameters<WeCom['tell']>[0],
): ReturnType<WeCom['tell']> {
  if (userIds.length === 0) return { unknown: [] }
  const json = {
    ...{ touser: userIds.join('|'), msgtype: 'textcard', agentid: Number(agentId) },
    textcard: { title: cut(title, 128), description: cut(text, 512), url },
    ...{ enable_duplicate_check: 1, duplicate_check_interval: sameWithin },
  }
  try {
    const { invaliduser } = answered.parse(await call({ path: 'message/send', json }))
    const lower = new Set(invaliduser.toLowerCase().split('|'))
    return { unknown: userIds.filter((userId) => lower.has(userId.toLowerCase())) }
  } catch (fault) {
    if (fault instanceof WeComRefusal && fault.errcode === nobodyReached) return { unknown: userIds }
    throw fault
  }
}

const cut = (text: string, most: number): string => [...text].slice(0, most).join('')
