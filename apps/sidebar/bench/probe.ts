/** What a page under measurement writes down about itself. Times are ms from navigation. */
export type Probe = {
  /** Tenth row in the page. */
  rowsAt: number
  /** The same, painted: two frames later. */
  listAt: number
  /** Every row says that it may be sent, two frames later. */
  decidedAt: number
  listed: Promise<void>
  decided: Promise<void>
  longTasks: { from: number; ms: number }[]
  shift: number
  tappedAt: number
  handed: number[]
  contact: string
  /** Puts another chat beside the page and comes back to it; ms until the name is painted. */
  switchTo: (contact: string, name: string) => Promise<number>
}

declare global {
  interface Window {
    probe: Probe
  }
}

export type ProbeSettings = { rows: number; contact: string; identityMs: number }

/**
 * Runs in the page before any script of it: watches, and plays WeCom's bridge, which answers at once
 * but for the identity (`agentConfig`), Tencent's own hop.
 */
export function installProbe({ rows, contact, identityMs }: ProbeSettings): void {
  const twoFrames = (done: () => void): void => void requestAnimationFrame(() => requestAnimationFrame(done))
  const watched: ((value?: undefined) => void)[] = []
  const probe: Probe = {
    rowsAt: 0,
    listAt: 0,
    decidedAt: 0,
    listed: new Promise((resolve) => watched.push(resolve)),
    decided: new Promise((resolve) => watched.push(resolve)),
    longTasks: [],
    shift: 0,
    tappedAt: 0,
    handed: [],
    contact,
    switchTo: (contact, name) =>
      new Promise((resolve) => {
        const from = performance.now()
        probe.contact = contact
        const seen = new MutationObserver(() => {
          if (!document.querySelector('.who-name')?.textContent?.includes(name)) return
          seen.disconnect()
          twoFrames(() => resolve(performance.now() - from))
        })
        seen.observe(document, { childList: true, subtree: true, characterData: true })
        window.dispatchEvent(new Event('focus'))
      }),
  }
  window.probe = probe

  const drawn = document.getElementsByClassName('piece')
  const allowed = document.getElementsByClassName('badge-ok')
  const observer = new MutationObserver(() => {
    if (!probe.rowsAt && drawn.length >= rows) {
      probe.rowsAt = performance.now()
      twoFrames(() => ((probe.listAt = performance.now()), watched[0]?.()))
    }
    if (!probe.decidedAt && Array.from(allowed).filter((badge) => badge.closest('.piece')).length >= rows) {
      observer.disconnect()
      probe.decidedAt = performance.now()
      twoFrames(() => ((probe.decidedAt = performance.now()), watched[1]?.()))
    }
  })
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] })

  const note = (type: string, react: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(react)).observe({ type, buffered: true })
  note('longtask', ({ startTime, duration }) => probe.longTasks.push({ from: startTime, ms: duration }))
  note('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean } // Layout Instability
    if (!hadRecentInput) probe.shift += value
  })
  document.addEventListener('click', ({ timeStamp }) => (probe.tappedAt = timeStamp), { capture: true })

  const replies: Record<string, () => object> = {
    getContext: () => ({ entry: 'single_chat_tools' }),
    getCurExternalContact: () => ({ userId: probe.contact }),
    sendChatMessage: () => (probe.handed.push(performance.now() - probe.tappedAt), {}),
  }
  const invoke = (api: string, _params: unknown, callback: (result: object) => void): void => {
    const answer = { err_msg: `${api}:ok`, ...replies[api]?.() }
    setTimeout(() => callback(answer), api === 'agentConfig' ? identityMs : 0)
  }
  Object.assign(window, { WeixinJSBridge: { invoke, on: () => {} } })
}
