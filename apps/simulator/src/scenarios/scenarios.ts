import type { Entry, Network, Platform, Switches } from '../session.ts'

/**
 * A state worth seeing, as a choice of persons and switches. What only the product knows (consent, limits, dates) is in
 * its own demo world; the hint says what to look at, and where a choice of persons is not enough.
 */
export type Scenario = {
  code: string
  title: { zh: string; en: string }
  hint: { zh: string; en: string }
  rep: string
  hcp: string
  /** `kind` or `kind:id`; the doctor when left out. */
  visitor?: string
  entry: Entry
  platform: Platform
  network?: Network
  faults?: Partial<Switches>
}

const usual = { rep: 'wanglei', hcp: 'wmDemoZhangWei', entry: 'single_chat_tools', platform: 'android' } as const

export const scenarios: Scenario[] = [
  {
    ...usual,
    code: 'normal',
    title: { zh: '正常发送', en: 'A normal send' },
    hint: {
      zh: '选一份资料发给张伟，再到右边的手机上打开。',
      en: 'Send a piece to Zhang Wei, then open it on the phone at the right.',
    },
  },
]
