import { expect, test } from 'vitest'
import { classify, type OutcomeKind } from './wecom-outcome.ts'

/** Raw results as documented (wecom-platform.md 1.8, 1.9, 5.2) and as the SDK 2.4.4 hands them on. */
const documented: { says: string; raw: unknown; sdk?: string; kind: OutcomeKind }[] = [
  { says: 'success', raw: { err_msg: 'sendChatMessage:ok' }, sdk: 'sendChatMessage:ok', kind: 'ok' },
  { says: 'older success', raw: { err_msg: 'sendChatMessage:confirm' }, sdk: 'sendChatMessage:ok', kind: 'ok' },
  { says: 'an empty object counts as success', raw: {}, sdk: 'sendChatMessage:ok', kind: 'ok' },
  { says: 'cancelled', raw: { err_msg: 'sendChatMessage:cancel' }, sdk: 'sendChatMessage:cancel', kind: 'cancelled' },
  {
    says: 'Windows without permission',
    raw: { errmsg: 'fail_no permission' },
    sdk: 'sendChatMessage:no permission',
    kind: 'no_permission',
  },
  {
    says: 'Mac without permission',
    raw: { err_msg: 'sendChatMessage:permission denied' },
    sdk: 'sendChatMessage:permission denied',
    kind: 'no_permission',
  },
  {
    says: 'access denied, underscores lost',
    raw: { err_msg: 'sendChatMessage:fail_access_denied' },
    sdk: 'sendChatMessage:accessdenied',
    kind: 'no_permission',
  },
  {
    says: 'app still being verified',
    raw: { err_msg: 'sendChatMessage:fail_offline verifying' },
    sdk: 'sendChatMessage:offline verifying',
    kind: 'no_permission',
  },
  {
    says: 'Windows outside a chat',
    raw: { err_msg: 'sendChatMessage:fail_without context of external contact' },
    sdk: 'sendChatMessage:without context of external contact',
    kind: 'without_context',
  },
  {
    says: 'Mac outside a chat, doubled fail',
    raw: { err_code: 2, err_msg: 'sendChatMessage:fail_fail_without context of external contact' },
    sdk: 'sendChatMessage:failwithout context of external contact',
    kind: 'without_context',
  },
  {
    says: 'documented spelling outside a chat',
    raw: { err_msg: 'sendChatMessage:fail without context of external contact' },
    sdk: 'sendChatMessage:fail without context of external contact',
    kind: 'without_context',
  },
  {
    says: 'empty card picture on some PCs',
    raw: { err_msg: 'sendChatMessage:fail, invalid param' },
    sdk: 'sendChatMessage:fail, invalid param',
    kind: 'bad_message',
  },
  {
    says: 'bad link or picture',
    raw: { err_msg: 'sendChatMessage:fail, invalid param, link or img_url is invalid' },
    kind: 'bad_message',
  },
  {
    says: 'empty type objects on phones',
    raw: { err_msg: 'sendChatMessage:fail_content empty' },
    sdk: 'sendChatMessage:content empty',
    kind: 'bad_message',
  },
  { says: 'mini program cover', raw: { err_msg: 'sendChatMessage:fail invalid imgUrl' }, kind: 'bad_message' },
  {
    says: 'mini program itself',
    raw: { err_msg: 'sendChatMessage:fail_invalid miniprogram info' },
    kind: 'bad_message',
  },
  { says: 'another company', raw: { err_msg: 'sendChatMessage:fail, not allow to cross corp' }, kind: 'cross_corp' },
  {
    says: 'client too old',
    raw: { err_msg: 'agentConfig:function_not_exist' },
    sdk: 'agentConfig:functionnotexist',
    kind: 'too_old',
  },
  {
    says: 'signature refused',
    raw: { errMsg: 'agentConfig:invalid signature more info at https://open.work.weixin.qq.com/devtool/query?e=40093' },
    kind: 'signature',
  },
  {
    says: 'signature refused on iOS',
    raw: { errCode: 2, err_Info: 'invalid signature e=40093', errMsg: 'config:fail invalid signature' },
    kind: 'signature',
  },
  { says: 'address changed while signing', raw: new Error('SDK Error: Aborted'), kind: 'signature' },
  { says: 'domain not trusted', raw: { errMsg: 'agentConfig:invalid url domain' }, kind: 'domain' },
  { says: 'a bare failure', raw: { errMsg: 'agentConfig:fail', err_msg: 'agentConfig:fail' }, kind: 'unknown' },
  { says: 'nothing at all', raw: null, kind: 'unknown' },
]

test.each(documented)('a client that says "$says" is understood as $kind', ({ raw, sdk, kind }) => {
  expect(classify(raw).kind).toBe(kind)
  if (sdk !== undefined) expect(classify({ ...(raw as object), errMsg: sdk, errCode: -1 }).kind).toBe(kind)
})

test('the client’s own words are kept for the record, cut to what the server takes', () => {
  expect(classify({ errMsg: `x:${'a'.repeat(300)}` }).code).toHaveLength(120)
})
