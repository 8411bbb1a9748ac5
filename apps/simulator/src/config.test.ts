import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test.each([
  { says: 'a real corp', env: { WECOM_CORP_ID: 'ww1234567890abcdef' } },
  { says: 'the real API', env: { WECOM_API_URL: 'https://qyapi.weixin.qq.com' } },
  { says: 'the real login', env: { WECOM_LOGIN_URL: 'https://login.work.weixin.qq.com' } },
  { says: 'a key of the wrong length', env: { WECOM_CALLBACK_TOKEN: 'abc', WECOM_CALLBACK_AES_KEY: 'short' } },
  { says: 'a port that is none', env: { REP_PORT: 'eighty' } },
])('the simulator does not start beside $says', ({ env }) => {
  expect(() => readConfig(env, '')).toThrow(/^[^\n]+$/)
})

test('without settings it stands where the plan of ports says', () => {
  expect(readConfig({}, '')).toMatchObject({
    port: 4400,
    publicUrl: 'http://localhost:8080',
    hcpUrl: 'http://localhost:8090',
    callback: null,
  })
})
