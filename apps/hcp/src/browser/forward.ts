type Bridge = { call: (name: string) => void }
type InWeChat = Window & { WeixinJSBridge?: Bridge }

/** Takes away WeChat's menu for passing on. Cosmetic: what keeps others out is that the page opens for its addressee only. */
export function hideForwarding(): void {
  const hide = () => (window as InWeChat).WeixinJSBridge?.call('hideOptionMenu')
  if ((window as InWeChat).WeixinJSBridge) hide()
  else document.addEventListener('WeixinJSBridgeReady', hide)
}
