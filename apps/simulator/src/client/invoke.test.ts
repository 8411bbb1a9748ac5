import { describe, expect, test } from 'vitest'
import { buildSimulator, callApi, getToken } from '../../test/build-simulator.ts'
import jsapi from '../../test/fixtures/jsapi-signature-official.json' with { type: 'json' }
import { platforms, type Platform } from '../session.ts'
import type { Simulator } from '../simulator.ts'
import { signatureOf } from '../wecom/credentials.ts'
import { answerConfirm, invoke } from './invoke.ts'

const href = 'http://localhost:8080/sidebar/?from=chat'

test('the signature agrees with the official vector', () => {
  expect(signatureOf(jsapi.ticket, jsapi.nonceStr, String(jsapi.timestamp), jsapi.url)).toBe(jsapi.signature)
})

async function appTicket(simulator: Simulator): Promise<string> {
  const access_token = await getToken(simulator)
  return String((await callApi(simulator, 'ticket/get', { access_token, type: 'agent_config' }))['ticket'])
}

function call(simulator: Simulator, name: string, params: Record<string, unknown>) {
  return invoke(simulator, { pageId: 'page', name, params, href })
}

/** A page whose app identity was accepted; answers the six fields the SDK adds to every call. */
async function registered(simulator: Simulator, changes: Record<string, unknown> = {}) {
  const signature = signatureOf(await appTicket(simulator), 'nonce', '1800000000', href)
  const params = {
    corpid: 'wwdemo0000000001',
    agentid: '1000002',
    timestamp: '1800000000',
    nonceStr: 'nonce',
    signature,
    jsApiList: ['getCurExternalContact', 'sendChatMessage'],
    ...changes,
  }
  const move = call(simulator, 'agentConfig', params)
  const fields = {
    appId: 'wwdemo0000000001',
    verifyAppId: 'wwdemo0000000001',
    verifySignType: 'sha1',
    verifyTimestamp: params.timestamp,
    verifyNonceStr: params.nonceStr,
    verifySignature: params.signature,
  }
  return { result: move.kind === 'reply' ? move.result : move.kind, fields }
}

function resultOf(move: ReturnType<typeof invoke>): unknown {
  return move.kind === 'reply' ? move.result : move.kind
}

describe('agentConfig', () => {
  test('accepts the signature made with the app ticket for the page', async () => {
    expect((await registered(buildSimulator())).result).toMatchObject({ err_msg: 'agentConfig:ok' })
  })

  test.each([
    { says: 'another nonce', changes: { nonceStr: 'other' }, text: /40093/ },
    { says: 'another corp', changes: { corpid: 'wwdemo9' }, text: /cross corp/ },
    { says: 'another agent', changes: { agentid: 'undefined' }, text: /no permission/ },
  ])('refuses $says', async ({ changes, text }) => {
    const { result } = await registered(buildSimulator(), changes)
    expect(JSON.stringify(result)).toMatch(text)
  })

  test('refuses the corp ticket', async () => {
    const simulator = buildSimulator()
    const access_token = await getToken(simulator)
    const { ticket } = await callApi(simulator, 'get_jsapi_ticket', { access_token })
    const { result } = await registered(simulator, {
      signature: signatureOf(String(ticket), 'nonce', '1800000000', href),
    })
    expect(JSON.stringify(result)).toContain('40093')
  })

  test('refuses once when told so, then accepts', async () => {
    const simulator = buildSimulator()
    simulator.store.switches.signatureRefusals = 1
    expect(JSON.stringify((await registered(simulator)).result)).toContain('40093')
    expect((await registered(simulator)).result).toMatchObject({ err_msg: 'agentConfig:ok' })
  })
})

describe('getCurExternalContact', () => {
  test('names the doctor whose chat is open, and the next one after a switch', async () => {
    const simulator = buildSimulator()
    const { fields } = await registered(simulator)
    expect(resultOf(call(simulator, 'getCurExternalContact', fields))).toMatchObject({ userId: 'wmDemoZhangWei' })
    simulator.store.session.hcp = 'wmDemoLiMin'
    expect(resultOf(call(simulator, 'getCurExternalContact', fields))).toMatchObject({ userId: 'wmDemoLiMin' })
  })

  test.each([
    { platform: 'windows', result: { errmsg: 'fail_no permission' } },
    { platform: 'mac', result: { err_msg: 'getCurExternalContact:permission denied' } },
    { platform: 'android', result: { err_msg: 'getCurExternalContact:fail_no permission' } },
    { platform: 'ios', result: { err_msg: 'getCurExternalContact:fail no permission' } },
  ] as const)('without identity fails in the spelling of $platform', ({ platform, result }) => {
    const simulator = buildSimulator()
    simulator.store.session.platform = platform
    expect(resultOf(call(simulator, 'getCurExternalContact', {}))).toEqual(result)
  })

  test.each([
    { platform: 'windows', result: { err_msg: 'getCurExternalContact:fail_without context of external contact' } },
    {
      platform: 'mac',
      result: { err_code: 2, err_msg: 'getCurExternalContact:fail_fail_without context of external contact' },
    },
    { platform: 'android', result: { err_msg: 'getCurExternalContact:fail without context of external contact' } },
  ] as const)('outside a chat fails in the spelling of $platform', async ({ platform, result }) => {
    const simulator = buildSimulator()
    const { fields } = await registered(simulator)
    Object.assign(simulator.store.session, { platform, entry: 'group_chat_tools' })
    expect(resultOf(call(simulator, 'getCurExternalContact', fields))).toEqual(result)
  })

  test('refuses fields that are not those of the last identity, and names not on the list', async () => {
    const simulator = buildSimulator()
    const { fields } = await registered(simulator, { jsApiList: ['sendChatMessage'] })
    expect(JSON.stringify(resultOf(call(simulator, 'getCurExternalContact', fields)))).toContain('no permission')
    const stale = { ...fields, verifySignature: 'old' }
    expect(JSON.stringify(resultOf(call(simulator, 'sendChatMessage', stale)))).toContain('no permission')
  })
})

const news = {
  link: 'http://localhost:8080/l/1',
  title: '研究摘要',
  desc: '示例药业',
  imgUrl: 'http://localhost:8080/card/1.webp',
}

async function send(params: Record<string, unknown>, platform: Platform = 'windows') {
  const simulator = buildSimulator()
  simulator.store.session.platform = platform
  simulator.store.switches.confirm = 'accept'
  const { fields } = await registered(simulator)
  const move = call(simulator, 'sendChatMessage', { ...params, ...fields })
  return { simulator, result: resultOf(move) as Record<string, unknown> }
}

describe('sendChatMessage', () => {
  test.each([
    { says: 'a text', params: { msgtype: 'text', text: { content: '您好' } }, text: 'ok' },
    { says: 'an empty text', params: { msgtype: 'text', text: { content: '' } }, text: 'fail_content empty' },
    { says: 'a card', params: { msgtype: 'news', news }, text: 'ok' },
    {
      says: 'a card without a picture',
      params: { msgtype: 'news', news: { ...news, imgUrl: '' } },
      text: 'fail, invalid param',
    },
    {
      says: 'a card without a text',
      params: { msgtype: 'news', news: { ...news, desc: '' } },
      text: 'fail_content empty',
    },
    { says: 'an unknown picture', params: { msgtype: 'image', image: { mediaid: 'x' } }, text: 'fail, invalid param' },
    {
      says: 'the server spelling media_id',
      params: { msgtype: 'file', file: { media_id: 'x' } },
      text: 'fail_content empty',
    },
    { says: 'an unknown kind', params: { msgtype: 'card' }, text: 'fail, invalid param' },
    {
      says: 'a mini program page without .html',
      params: { msgtype: 'miniprogram', miniprogram: { appid: 'wx1', title: 't', imgUrl: news.imgUrl, page: '/a' } },
      text: 'fail_invalid miniprogram info',
    },
    {
      says: 'a mini program cover without scheme',
      params: {
        msgtype: 'miniprogram',
        miniprogram: { appid: 'wx1', title: 't', imgUrl: '//x/y.png', page: '/a.html' },
      },
      text: 'fail invalid imgUrl',
    },
  ])('$says: $text', async ({ params, text }) => {
    const { result, simulator } = await send(params)
    expect(result['err_msg']).toBe(`sendChatMessage:${text}`)
    expect(simulator.store.chats).toHaveLength(text === 'ok' ? 1 : 0)
  })

  test.each(platforms)('an empty object of another kind, on %s', async (platform) => {
    const { result } = await send({ msgtype: 'news', news, text: { content: '' } }, platform)
    const phone = platform === 'ios' || platform === 'android'
    expect(result['err_msg']).toBe(phone ? 'sendChatMessage:fail_content empty' : 'sendChatMessage:ok')
  })

  test('asks the rep on a phone, and goes to the chat that is open at the answer', async () => {
    const simulator = buildSimulator()
    const { fields } = await registered(simulator)
    const move = call(simulator, 'sendChatMessage', { msgtype: 'news', news, ...fields })
    expect(move.kind).toBe('confirm')
    expect(simulator.store.chats).toHaveLength(0)
    simulator.store.session.hcp = 'wmDemoLiMin'
    const answer = answerConfirm(simulator, move.kind === 'confirm' ? move.confirmId : '', true)
    expect(resultOf(answer)).toEqual({ err_msg: 'sendChatMessage:ok' })
    expect(simulator.store.chats[0]).toMatchObject({ externalUserid: 'wmDemoLiMin', msgtype: 'news' })
  })

  test('a rep who cancels sends nothing', async () => {
    const simulator = buildSimulator()
    const { fields } = await registered(simulator)
    const move = call(simulator, 'sendChatMessage', { msgtype: 'news', news, ...fields })
    const answer = answerConfirm(simulator, move.kind === 'confirm' ? move.confirmId : '', false)
    expect(resultOf(answer)).toEqual({ err_msg: 'sendChatMessage:cancel' })
    expect(simulator.store.chats).toHaveLength(0)
  })

  test.each([
    { bridgeFault: 'silent', kind: 'silent', sent: 1 },
    { bridgeFault: 'killed', kind: 'killed', sent: 1 },
    { bridgeFault: 'prepared-only', kind: 'reply', sent: 0 },
    { bridgeFault: 'late', kind: 'reply', sent: 1 },
    { bridgeFault: 'twice', kind: 'reply', sent: 1 },
  ] as const)('with the fault $bridgeFault: $kind, $sent sent', async ({ bridgeFault, kind, sent }) => {
    const simulator = buildSimulator()
    const { fields } = await registered(simulator)
    simulator.store.switches.bridgeFault = bridgeFault
    simulator.store.switches.confirm = 'accept'
    expect(call(simulator, 'sendChatMessage', { msgtype: 'news', news, ...fields }).kind).toBe(kind)
    expect(simulator.store.chats).toHaveLength(sent)
  })

  test('an old client does not know it', async () => {
    const simulator = buildSimulator()
    simulator.store.switches.bridgeFault = 'old-client'
    expect(resultOf(call(simulator, 'agentConfig', {}))).toEqual({ err_msg: 'agentConfig:function_not_exist' })
  })
})
