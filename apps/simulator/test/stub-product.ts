import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { RequestListener } from 'node:http'
import type { Simulator } from '../src/simulator.ts'
import { signatureOf } from '../src/wecom/credentials.ts'
import { callApi, getToken } from './build-simulator.ts'

const sdk = readFileSync(
  createRequire(import.meta.url)
    .resolve('@wecom/jssdk')
    .replace(/[^/]+$/, 'wecom.global.prod.js'),
)

/** A page that registers with the unmodified SDK, names the contact and offers one send. */
const page = `<!doctype html><html lang="en"><head><title>Stub</title><script src="/sidebar/sdk.js"></script></head><body>
<main><h1>Stub</h1><p id="contact" role="status">…</p><button id="send">Send the card</button><p id="result" role="status"></p></main>
<script src="/sidebar/page.js"></script></body></html>`

const script = `
const sign = async (url) => (await fetch('/sign', { method: 'POST', body: url })).json()
ww.register({ corpId: 'wwdemo0000000001', agentId: 1000002, jsApiList: ['getCurExternalContact', 'sendChatMessage'], getAgentConfigSignature: sign })
const show = (id, text) => { document.getElementById(id).textContent = text }
ww.getContext().then(({ entry }) => ww.getCurExternalContact().then(({ userId }) => show('contact', entry + ' ' + userId)))
  .catch((error) => show('contact', error.errMsg))
document.getElementById('send').onclick = () => {
  show('result', 'asking')
  const news = { link: location.origin + '/l/1', title: 'A card', desc: 'From the test', imgUrl: location.origin + '/card.png' }
  ww.sendChatMessage({ msgtype: 'news', news }).then((r) => show('result', r.errMsg), (e) => show('result', e.errMsg))
}`

/** The smallest product: a sidebar, a signature, a doctor's page that remembers its reader. */
export function stubProduct(simulator: () => Simulator): RequestListener {
  return async (request, response) => {
    const path = (request.url ?? '').split('?')[0]
    if (path === '/sidebar/')
      return response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'x-frame-options': 'DENY' })
        .end(page)
    if (path === '/sidebar/sdk.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(sdk)
    if (path === '/sidebar/page.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    if (path === '/sign') {
      let url = ''
      for await (const chunk of request) url += String(chunk)
      return response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(await sign(simulator(), url)))
    }
    if (path === '/l/1') {
      const again = /__Host-reader=1/.test(request.headers.cookie ?? '')
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'set-cookie': '__Host-reader=1; Path=/; Secure; HttpOnly; SameSite=Lax',
      })
      return response.end(
        `<!doctype html><html lang="zh"><head><title>页面</title></head><body><h1>${again ? '认识您' : '第一次'}</h1><p id="ua"></p><script>document.getElementById('ua').textContent=navigator.userAgent</script></body></html>`,
      )
    }
    return response.writeHead(404).end()
  }
}

async function sign(simulator: Simulator, url: string): Promise<Record<string, unknown>> {
  const access_token = await getToken(simulator)
  const { ticket } = await callApi(simulator, 'ticket/get', { access_token, type: 'agent_config' })
  return { timestamp: 1_800_000_000, nonceStr: 'abc', signature: signatureOf(String(ticket), 'abc', '1800000000', url) }
}
