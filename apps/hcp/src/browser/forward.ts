type Bridge = { call?: (name: string) => void; invoke?: (name: string, asked: object, done: () => void) => void }
type InWeChat = Window & { WeixinJSBridge?: Bridge }

/** Takes away WeChat's menu for passing on. Cosmetic: what keeps others out is that the page opens for its addressee only. */
export function hideForwarding(): void {
  const hide = () => {
    const bridge = (window as InWeChat).WeixinJSBridge
    try {
      if (bridge?.call) bridge.call('hideOptionMenu')
      else bridge?.invoke?.('hideOptionMenu', {}, () => {})
    } catch {
      // a client that cannot: the menu stays, and the page is read as well
    }
  }
  if ((window as InWeChat).WeixinJSBridge) hide()
  else document.addEventListener('WeixinJSBridgeReady', hide)
}
