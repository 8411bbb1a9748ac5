import { describe, expect, it } from 'vitest'
import { isConnected, readConfig } from './config.ts'

const good = {
  ...{
    DATABASE_URL: 'mysql://a@localhost/vouch',
    SECRET_KEY: 'a'.repeat(40),
    WECOM_CORP_ID: 'ww1',
    WECOM_AGENT_ID: '1000002',
  },
  ...{ WECOM_AGENT_SECRET: 'secret-canary', WECOM_CALLBACK_TOKEN: 'token', WECOM_CALLBACK_AES_KEY: 'b'.repeat(43) },
}

describe('the configuration', () => {
  it('[CFG-01] takes what is there and fills in the documented defaults', () => {
    expect(readConfig(good)).toMatchObject({
      config: {
        PORT: 8080,
        PUBLIC_URL: 'http://localhost:8080',
        WECOM_API_URL: 'https://qyapi.weixin.qq.com',
        demo: false,
      },
    })
    expect(readConfig({ ...good, WECOM_CORP_ID: 'wwdemo1' })).toMatchObject({ config: { demo: true } })
  })

  it('[CFG-02] reports every fault at once, with the nearest right name, and never a secret', () => {
    const read = readConfig({
      ...good,
      SECRET_KEY: 'short-canary',
      WECOM_CALLBACK_AES_KEY: 'x',
      DATABASE_URL: '',
      WECOM_SECRET: 'secret-canary-2',
    })
    const faults = 'faults' in read ? read.faults.join('\n') : ''
    expect(faults).toContain('DATABASE_URL is missing')
    expect(faults).toContain('SECRET_KEY needs at least 32 characters')
    expect(faults).toContain('WECOM_CALLBACK_AES_KEY is 43 letters and digits')
    expect(faults).toContain('WECOM_SECRET is not a setting; did you mean WECOM_AGENT_SECRET?')
    expect(faults).not.toContain('canary')
  })

  it('[CFG-04] lets a company in that gave nothing of its WeCom, and one that gave some of it not', () => {
    const names = [
      'WECOM_CORP_ID',
      'WECOM_AGENT_ID',
      'WECOM_AGENT_SECRET',
      'WECOM_CALLBACK_TOKEN',
      'WECOM_CALLBACK_AES_KEY',
    ]
    const none = { ...good, ...Object.fromEntries(names.map((name) => [name, ''])) }
    const read = readConfig(none)
    expect(read).toMatchObject({ config: { ...Object.fromEntries(names.map((name) => [name, ''])), demo: false } })
    expect('config' in read && isConnected(read.config)).toBe(false)
    const whole = readConfig(good)
    expect('config' in whole && isConnected(whole.config)).toBe(true)
    for (const name of names) {
      const others = names.filter((other) => other !== name).map((other) => `${other} is missing`)
      expect(readConfig({ ...none, [name]: good[name as keyof typeof good] }), name).toEqual({ faults: others })
      expect(readConfig({ ...good, [name]: '' }), name).toEqual({ faults: [`${name} is missing`] })
    }
    const malformed = readConfig({ ...none, WECOM_AGENT_ID: 'x' })
    expect('faults' in malformed && malformed.faults).toContain('WECOM_AGENT_ID is the number shown on the app’s page')
    expect(readConfig({ ...none, SECRET_KEY: '', DATABASE_URL: '' })).toEqual({
      faults: ['DATABASE_URL is missing', 'SECRET_KEY is missing'],
    })
    expect(readConfig({ ...none, WECOM_CORPID: 'ww1' })).toEqual({
      faults: ['WECOM_CORPID is not a setting; did you mean WECOM_CORP_ID?'],
    })
  })

  it('[CFG-03] a store of files needs an address that can be used, and an S3 store its keys', () => {
    const faultsOf = (given: Record<string, string>) => {
      const read = readConfig({ ...good, ...given })
      return 'faults' in read ? read.faults : []
    }
    const bucket = 's3://mine?region=ap-shanghai'
    expect(faultsOf({ FILES_URL: 'ftp://x' })).toEqual([expect.stringMatching(/^FILES_URL must begin with file:/)])
    expect(faultsOf({ FILES_URL: 's3://id:secret-canary@mine?region=x' }).join()).not.toContain('canary')
    expect(faultsOf({ FILES_URL: bucket, FILES_KEY_SECRET: 'canary' })).toEqual([
      'FILES_KEY_ID is missing: FILES_URL names an s3: store',
    ])
    expect(faultsOf({ FILES_URL: bucket, FILES_KEY_ID: 'x', FILES_KEY_SECRET: 'y' })).toEqual([])
  })
})
