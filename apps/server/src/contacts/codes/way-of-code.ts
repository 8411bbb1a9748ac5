import { codeTakers, nextSwitch } from '@vouch/rules'
import { errorClass } from '@vouch/wecom'
import type { ContactCodeProblem } from '../../db/tables/codes.ts'
import type { WantedWay } from '../../wecom/wecom.ts'
import type { RepOfCode, TendedCode } from './code-queries.ts'

const daySeconds = 86_400

/** What WeCom is to have of a code at this moment, and when that changes by itself. */
export function wayOfCode(code: TendedCode, reps: readonly RepOfCode[], now: Date) {
  const takers = new Set(codeTakers(reps, code, now))
  const userIds = reps.filter(({ repId }) => takers.has(repId)).map(({ wecomUserId }) => wecomUserId)
  const wanted: WantedWay = {
    note: code.remark || [...code.name].slice(0, 30).join(''),
    // The code's own id: what comes back with whoever scanned it, and by which a lost answer is found again.
    scanState: code.id,
    userIds,
    skipVerify: Boolean(code.skipVerify),
    style: code.style,
    temporary: code.temporary
      ? { codeSeconds: (code.codeDays ?? 7) * daySeconds, chatSeconds: (code.chatHours ?? 24) * 3_600 }
      : null,
  }
  return { wanted, users: userIds.join(','), switchesAt: nextSwitch(code, now) }
}

const unverified = [40098, 41054]
const aboutUs = ['permission', 'scope', 'configuration']

/**
 * What a refusal means, for somebody who reads it. WeCom gives temporary codes to companies registered in medicine alone;
 * no document says with which number it refuses the others, so there every refusal that is about us is taken for it.
 */
export function problemOf(errcode: number, temporary: boolean): ContactCodeProblem {
  if (unverified.includes(errcode)) return 'not_verified'
  const about = aboutUs.includes(errorClass(errcode))
  if (temporary && (about || errorClass(errcode) === 'unknown')) return 'not_medical'
  return about ? 'no_permission' : 'refused'
}
