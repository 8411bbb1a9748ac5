import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startReceiver, type Receiver } from '../../test/receiver.ts'
import { checkUrl } from './check-url.ts'
import { createPost } from './post-out.ts'
import { signaturesOf } from './sign.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())
beforeEach(() => receiver.answersWith(200))

const sent = { headers: {}, body: '{}' }
const inside = ['127.0.0.1', 'hub.corp']
const post = (url: string, resolve?: Parameters<typeof createPost>[1]) => createPost(inside, resolve)(url, sent)

describe('the signature', () => {
  it('is that of the example in the document of Standard Webhooks', () => {
    const signed = signaturesOf(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], {
      ...{ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' },
    })
    expect(signed).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })
})

describe('an address', () => {
  it.each([
    ...[
      ['https://hooks.example.com/vouch', undefined],
      ['https://8.8.8.8/', undefined],
    ],
    ...[
      ['http://hub.corp:8080/in', undefined],
      ['http://127.0.0.1:9/', undefined],
    ],
    ...[
      ['nonsense', 'no_address'],
      ['file:///etc/passwd', 'no_address'],
      ['data:text/plain,a', 'no_address'],
    ],
    ...[
      ['gopher://a.example/', 'no_address'],
      ['https://a.example/#b', 'no_address'],
    ],
    ...[
      ['http://hooks.example.com/', 'not_https'],
      ['http://localhost/', 'not_https'],
    ],
    ...[
      ['https://user@hooks.example.com/', 'with_login'],
      ['https://hub.corp@10.0.0.1/', 'with_login'],
    ],
    ...[
      ['https://hooks.example.com:22/', 'other_port'],
      ['https://127.0.0.2:9/', 'other_port'],
    ],
    ...['127.0.0.2', '127.1.1', '0x7f.2', '2130706434', '0177.0.0.2', '①②⑦.0.0.2', '10.1.2.3', '172.16.0.1'].map(
      (host) => [`https://${host}/`, 'blocked_address'],
    ),
    ...['192.168.1.1', '169.254.169.254', '169.254.0.23', '100.100.100.200', '0.0.0.0', '224.0.0.1'].map((host) => [
      ...[`https://${host}/`, 'blocked_address'],
    ]),
    ...['::1', '::', '::ffff:127.0.0.2', '::ffff:a00:1', 'fe80::1', 'fd00::1', '64:ff9b::a00:1', '2002:a00:1::'].map(
      (host) => [`https://[${host}]/`, 'blocked_address'],
    ),
  ] as [string, string | undefined][])('%s is %s', (url, problem) => {
    expect(checkUrl(url, inside)).toBe(problem)
  })

  it.each(['10.0.0.1', '169.254.169.254', '::ffff:127.0.0.1', 'fd00::1'])(
    'that leads to %s is not connected to, even beside one that is public',
    async (address) => {
      const family = address.includes(':') ? 6 : 4
      const leadsTo = async () => [{ address: '93.184.216.34', family: 4 }, { address, family }] // prettier-ignore
      expect(await post('https://hooks.example.com/', leadsTo)).toMatchObject({ problem: 'blocked_address' })
    },
  )

  it('is looked up once, and what was looked at is what is connected to', async () => {
    const before = receiver.received.length
    const [asked, answers] = [[] as string[], ['127.0.0.1', '127.0.0.9']]
    const rebinds = async (host: string) => {
      asked.push(host)
      return [{ address: answers[asked.length - 1]!, family: 4 }]
    }
    expect(await post(`http://hub.corp:${receiver.port}/`, rebinds)).toMatchObject({ status: 200, answer: 'said 200' })
    expect([asked, receiver.received.length]).toEqual([['hub.corp'], before + 1])
    expect(receiver.received.at(-1)?.headers.host).toBe(`hub.corp:${receiver.port}`)
  })

  it('without a host behind it says so', async () => {
    const nowhere = async () => Promise.reject(Object.assign(new Error('secret-canary'), { code: 'ENOTFOUND' }))
    expect(await post('https://nowhere.example/', nowhere)).toMatchObject({ status: null, problem: 'unknown_host' })
    expect(await post('http://127.0.0.1:1/')).toMatchObject({ status: null, problem: 'unreachable', answer: '' })
    expect(await post(`https://127.0.0.1:${receiver.port}/`)).toMatchObject({ status: null })
  })
})

describe('what comes back', () => {
  it('of a redirect is the redirect', async () => {
    const before = receiver.received.length
    receiver.answersWith(302, { location: receiver.url })
    expect(await post(receiver.url)).toMatchObject({ status: 302, problem: '' })
    expect(receiver.received).toHaveLength(before + 1)
  })

  it('is kept to its first 500 bytes, cut between two signs, however much follows', async () => {
    receiver.answers((response) => {
      const more = (): void => void (response.destroyed || response.write('医'.repeat(20_000), more))
      more()
    })
    const { status, answer } = await post(receiver.url)
    expect([status, answer]).toEqual([200, '医'.repeat(166)])
  })

  it('is waited for so long and no longer', async () => {
    const patience = AbortSignal.timeout
    AbortSignal.timeout = (ms) => patience.call(AbortSignal, ms === 15_000 ? 150 : 1)
    receiver.answers(() => {})
    const silent = await post(receiver.url)
    receiver.answers((response) => response.writeHead(200).write('half'))
    const half = await post(receiver.url)
    const lost = await post('https://slow.example/', () => new Promise(() => {}))
    AbortSignal.timeout = patience
    expect(silent).toMatchObject({ status: null, problem: 'timeout' })
    expect(half, 'it has taken it all the same').toMatchObject({ status: 200, answer: 'half' })
    expect(lost).toMatchObject({ status: null, problem: 'timeout' })
  })
})
