import { refusalWordsEn, refusalWordsZh } from '@vouch/contract'
import type { RefusalReason, Verdict } from '@vouch/rules'

export type WordLanguage = 'zh' | 'en'
type Both = readonly [zh: string, en: string]

/** What a send came to, in the words of the screen. */
const outcomes: Record<Verdict | 'REFUSED', Both> = {
  REFUSED: ['被拦下', 'Blocked'],
  NONE: ['没有发送', 'Nothing sent'],
  OFF_SYSTEM: ['系统外发送', 'Sent off system'],
  OPEN: ['等结果', 'Waiting for result'],
  SENT_PROVEN: ['存档确认已发', 'Sent, archive proves it'],
  SENT_RECALLED: ['已发，后撤回消息', 'Sent, then recalled'],
  SENT_OPENED: ['医生打开', 'Opened by doctor'],
  SENT_CLIENT: ['已交给企业微信', 'Handed to WeCom'],
  SENT_DISPUTED: ['有出入，待核查', 'Disputed, to review'],
  SENT_ADJUDICATED: ['合规认定已发', 'Ruled as sent'],
  NOT_SENT_ADJUDICATED: ['合规认定没发', 'Ruled as not sent'],
  NOT_SENT_PROVEN: ['存档确认没发', 'Not sent, archive proves it'],
  CANCELLED: ['代表取消', 'Cancelled by rep'],
  FAILED: ['企业微信报失败', 'WeCom reported failure'],
  CONFLICT: ['记录矛盾，待核查', 'Contradicting, to review'],
  UNKNOWN: ['结果未知', 'Result unknown'],
  UNKNOWN_ATTESTED_SENT: ['结果未知，代表说已发', 'Unknown, rep says sent'],
  UNKNOWN_ATTESTED_NOT: ['结果未知，代表说没发', 'Unknown, rep says not sent'],
}

const said = ([zh, en]: Both, language: WordLanguage): string => (language === 'zh' ? zh : en)

export const outcomeWord = (outcome: Verdict | 'REFUSED', language: WordLanguage): string =>
  said(outcomes[outcome], language)

/** A reason that is not known any more is called by its code. */
export const reasonWord = (reason: RefusalReason, language: WordLanguage): string =>
  (language === 'zh' ? refusalWordsZh : refusalWordsEn)[reason] ?? reason
