import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** What the chat beside the page is like; tests change it while the page runs. */
export type Chat = {
  contact: string | null
  entry: string
  /** How sendChatMessage answers: a message text, or `silent` for never. */
  send: string
  identity: string
}

declare global {
  interface Window {
    chat: Chat
    handed: unknown[]
  }
}

const desktop =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120 Safari/537.36 wxwork/4.1.36 MicroMessenger/7.0.1'
const phone =
  'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 wxwork/4.1.36 MicroMessenger/7.0.1'

export function launch(): Promise<Browser> {
  const args =
    '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: args.split(' ') })
}

export type Look = {
  width?: number
  height?: number
  dark?: boolean
  forced?: boolean
  language?: string
  inWeCom?: boolean
  onPhone?: boolean
}

/** A page as WeCom shows it: its user agent, and its bridge installed before any script. */
export async function openContext(
  browser: Browser,
  look: Look = {},
  chat: Partial<Chat> = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 375, height: look.height ?? 667 },
    forcedColors: look.forced ? 'active' : 'none',
    colorScheme: look.dark ? 'dark' : 'light',
    locale: look.language ?? 'zh-CN',
    deviceScaleFactor: 2,
    ...(look.inWeCom === false ? {} : { userAgent: look.onPhone ? phone : desktop }),
  })
  if (look.inWeCom === false) return context
  await context.addInitScript(installBridge, {
    contact: 'wm-zhang',
    entry: 'single_chat_tools',
    send: 'sendChatMessage:ok',
    identity: 'agentConfig:ok',
    ...chat,
  })
  return context
}

/** Runs in the page: the global of wecom-platform.md 1.9, no more than the SDK touches. */
function installBridge(chat: Chat): void {
  window.chat = chat
  window.handed = []
  const noContext = (api: string): object => ({ err_msg: `${api}:fail_without context of external contact` })
  const replies: Record<string, (params: unknown) => object | null> = {
    agentConfig: () => ({ err_msg: window.chat.identity }),
    getContext: () => ({ err_msg: 'getContext:ok', entry: window.chat.entry }),
    getCurExternalContact: () => {
      const { contact } = window.chat
      return contact === null
        ? noContext('getCurExternalContact')
        : { err_msg: 'getCurExternalContact:ok', userId: contact }
    },
    sendChatMessage: (params) => {
      window.handed.push(JSON.parse(JSON.stringify(params)))
      return window.chat.send === 'silent' ? null : { err_msg: window.chat.send }
    },
  }
  const invoke = (api: string, params: unknown, callback: (result: object) => void): void => {
    const reply = replies[api]?.(params)
    if (reply === null) return
    setTimeout(() => callback(reply ?? { err_msg: `${api}:ok` }), 5)
  }
  Object.assign(window, { WeixinJSBridge: { invoke, on: () => {} } })
}

/** Opens the list and waits until the doctor's consent is read. */
export async function openList(context: BrowserContext, url: string, search = ''): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${url}/sidebar/${search}`)
  await page.locator('.piece').first().waitFor()
  return page
}
