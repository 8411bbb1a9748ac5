import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildOrdinary } from '../builders.ts'
import { buildLink, startLinkBench, type LinkBench } from '../link-bench.ts'
import { inAddress, metacharacters } from './payloads.ts'

let server: LinkBench
beforeAll(async () => {
  server = await startLinkBench()
})
afterAll(() => server.stop())

describe('[A24] [A25] addresses that are no addresses', () => {
  const places = ['/api/rep/pages/%s/1/720.webp', '/api/rep/pages/x/%s/720.webp', '/api/rep/pages/x/1/%s.webp']
  const more = ['/card/%s.jpg', '/sidebar/%s', '/sidebar/assets/%s', '/console/assets/%s', '/l/%s', '/l/assets/%s']
  it.each([...places, ...more, '/l/%s/pages/1/720.webp', '/l/%s/video', '/wecom/callback?echostr=%s', '/%s'])(
    '%s never fails, whatever stands there',
    async (place) => {
      const { cookie } = await buildOrdinary(server)
      const plain = [
        '%',
        '%ff',
        '%00',
        '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
        '..%5c..%5c',
        '%c0%ae%c0%ae/',
        'a'.repeat(3_000),
      ]
      for (const text of [...metacharacters.map(inAddress), ...plain]) {
        const address = place.replace('%s', text)
        const answer = await fetch(server.url + address, { headers: { cookie }, redirect: 'manual' })
        expect(answer.status, address).toBeLessThan(500)
        expect(await answer.text(), address).not.toMatch(/root:|    at /)
      }
    },
  )

  it('headers and cookies of the doctor’s door never fail either', async () => {
    const link = await buildLink(server)
    for (const text of metacharacters) {
      const value = inAddress(text)
      const headers = {
        ...{ 'accept-language': value, 'user-agent': value, range: `bytes=${value}`, 'if-none-match': value },
        cookie: `__Host-vouch_reader=${value}; __Host-vouch_hcp_state=${value}; vouch_look=${value}; ${value}`,
      }
      for (const path of [link.path, `${link.path}/pages/1/720.webp`, `${link.path}/video`]) {
        const answer = await fetch(server.url + path, { headers })
        expect(answer.status, path).toBeLessThan(500)
      }
    }
  })
})
