export const platforms = ['ios', 'android', 'windows', 'mac'] as const
export type Platform = (typeof platforms)[number]

/** Entries of getContext (wecom-platform.md 1.9.6). */
export const entries = [
  'single_chat_tools',
  'group_chat_tools',
  'contact_profile',
  'chat_attachment',
  'single_kf_tools',
  'normal',
] as const
export type Entry = (typeof entries)[number]

export const visitorKinds = [
  'doctor',
  'doctor-second-device',
  'other-doctor',
  'rep',
  'colleague',
  'outside-member',
  'stranger',
  'snapshot',
] as const
/** Who holds the phone on which a link is opened; `id` names the other doctor or the colleague. */
export type Visitor = { kind: (typeof visitorKinds)[number]; id: string | null }

export const networks = ['normal', 'slow', 'offline', 'error-once', 'drop-once'] as const
/** `drop-once`: the server gets the next write and answers, the phone never sees the answer. */
export type Network = (typeof networks)[number]

/** What the stage has chosen. */
export type Session = {
  scenario: string
  rep: string
  hcp: string
  visitor: Visitor
  entry: Entry
  platform: Platform
  language: 'zh-CN' | 'en-US'
  repNetwork: Network
  hcpNetwork: Network
  /** What becomes of the rep's network once the sidebar stands: a page must load before it can lose its line. */
  networkAfterLoad: Network | null
}

export const bridgeFaults = [
  'none',
  'silent',
  'late',
  'twice',
  'permission',
  'old-client',
  'killed',
  'send-refused',
  'prepared-only',
] as const
export const apiFaults = ['none', 'wrong-ip', 'not-callable', 'busy', 'rate-limited', 'half-relation'] as const
/** `used-up`: the hour's quota of tickets; `same`: one ticket is answered for both. */
export const ticketFaults = ['none', 'used-up', 'same'] as const
export const confirmModes = ['ask', 'accept', 'cancel'] as const
export const welcomers = ['us', 'console', 'other-app', 'other-app-now'] as const
export const retryReadings = ['network', 'not-200'] as const

/** Faults and manners of the played platform, all changeable while it runs. */
export type Switches = {
  bridgeFault: (typeof bridgeFaults)[number]
  /** Signatures to refuse before the next one is checked in earnest. */
  signatureRefusals: number
  /** The bridge appears 400 ms after the page's scripts, as on iOS. */
  lateBridge: boolean
  /** Nothing tells the page that the rep chose another chat (wecom-platform.md 10.8). */
  silentChatSwitch: boolean
  confirm: (typeof confirmModes)[number]
  apiFault: (typeof apiFaults)[number]
  apiLatencyMs: number
  callbackRetry: (typeof retryReadings)[number]
  callbackDuplicate: boolean
  callbackReorder: boolean
  callbackLost: boolean
  /** Members whose contacts `batch/get_by_user` keeps back for want of a licence, separated by `|`. */
  unlicensed: string
  /** Calls of `batch/get_by_user` a minute before 45009; 0 is WeCom's own limit. */
  batchMost: number
  /** An administrator reset the app's secret: the one we were told no longer counts. */
  secretReset: boolean
  /** An administrator disabled the app. */
  appClosed: boolean
  /** The address WeCom says it saw, when not the real one. */
  seenIp: string
  /** The app's trusted domain and the callback domain of the web login; empty is the product's own host, `none` is unset. */
  trustedDomain: string
  loginDomain: string
  ticketFault: (typeof ticketFaults)[number]
  /** Token and key of the callback were made anew in the admin console, and nobody told the product. */
  callbackKeyChanged: boolean
  timeOffsetMs: number
  /** The company is registered in medicine: temporary codes are for these alone. */
  medicalCorp: boolean
  /** Members without a verified name, separated by `|`: no code leads to them. */
  unverified: string
  /** Who greets new contacts: nobody else, WeCom's own console (then no code comes), another app that was faster. */
  welcomeBy: (typeof welcomers)[number]
  /** The one-off network faults wait for an address that contains this; empty means the next one. */
  strikePath: string
}

export const usualSwitches: Switches = {
  bridgeFault: 'none',
  signatureRefusals: 0,
  lateBridge: false,
  silentChatSwitch: false,
  confirm: 'ask',
  apiFault: 'none',
  apiLatencyMs: 0,
  callbackRetry: 'network',
  callbackDuplicate: false,
  callbackReorder: false,
  callbackLost: false,
  unlicensed: '',
  batchMost: 0,
  secretReset: false,
  appClosed: false,
  seenIp: '',
  trustedDomain: '',
  loginDomain: '',
  ticketFault: 'none',
  callbackKeyChanged: false,
  timeOffsetMs: 0,
  medicalCorp: false,
  unverified: '',
  welcomeBy: 'us',
  strikePath: '',
}

export function isPhone(platform: Platform): boolean {
  return platform === 'ios' || platform === 'android'
}
