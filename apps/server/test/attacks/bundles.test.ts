import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const apps = fileURLToPath(new URL('../../..', import.meta.url))

/** Names under which WeCom's secrets travel, and settings that only a server has. */
const words = [
  ...['corpsecret', 'gettoken', 'jsapi_ticket', 'access_token=', 'getSignature(', 'agent-secret'],
  ...['SECRET_KEY', 'WECOM_AGENT_SECRET', 'WECOM_CALLBACK', 'DATABASE_URL', 'mysql://', 'BEGIN PRIVATE KEY'],
]

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|ts|vue|html|css|json|map)$/.test(name) && !name.includes('.test.'))
    .map((name) => join(folder, name))
}

it.each(['sidebar', 'console', 'hcp'])(
  '[A33] what a browser loads of %s, as written and as built, knows no secret and no way to make one',
  (app) => {
    const files = ['src', 'dist'].flatMap((part) => filesIn(join(apps, app, part)))
    expect(files.length).toBeGreaterThan(0)
    const found = files.flatMap((name) => {
      const text = readFileSync(name, 'utf8')
      return words.filter((word) => text.includes(word)).map((word) => `${name}: ${word}`)
    })
    expect(found).toEqual([])
  },
)
