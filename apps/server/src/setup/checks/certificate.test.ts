import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { PeerCertificate } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { selfSigned } from '../../../test/setup/self-signed.ts'
import { checkCertificate, judgeCertificate } from './certificate.ts'
import type { Bench } from './check.ts'

const now = new Date('2026-05-13T02:00:00.000Z')
const day = 86_400_000

function shown(given: { days?: number; names?: string; trustFault?: string | null } = {}) {
  const { days = 61, names = 'DNS:vouch.example.com', trustFault = null } = given
  const certificate = {
    ...{ subject: { CN: 'vouch.example.com' }, issuer: { O: 'Example CA' }, subjectaltname: names },
    valid_to: new Date(now.getTime() + days * day).toUTCString(),
  } as unknown as PeerCertificate // what is looked at
  return { certificate, trustFault }
}

describe('a certificate', () => {
  const host = 'vouch.example.com'
  it.each([
    { says: 'that holds', given: {}, outcome: 'ok', fact: '61 days left, issued by Example CA' },
    { says: 'that ends soon', given: { days: 20 }, outcome: 'warning', fact: '20 days left' },
    {
      says: 'that has ended',
      given: { days: -1, trustFault: 'CERT_HAS_EXPIRED' },
      outcome: 'fault',
      fact: 'it ended on 2026-05-12',
    },
    {
      says: 'of another name',
      given: { names: 'DNS:other.example.com' },
      outcome: 'fault',
      fact: 'for other.example.com, not for vouch',
    },
    {
      says: 'nobody trusts',
      given: { trustFault: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
      outcome: 'fault',
      fact: 'not whole',
    },
  ])('$says is told: $outcome', ({ given, outcome, fact }) => {
    const found = judgeCertificate(shown(given), host, now)
    expect(found.outcome).toBe(outcome)
    expect(found.fact.en).toContain(fact)
  })

  it('is looked at where it is: one we made ourselves is told from one for another name and from silence', async () => {
    const server = createServer(selfSigned, (_, response) => response.end())
    await new Promise<void>((resolve) => server.listen(0, resolve))
    const { port } = server.address() as AddressInfo
    const look = (PUBLIC_URL: string) => checkCertificate({ settings: { PUBLIC_URL }, now: () => now } as Bench)
    expect((await look(`https://localhost:${port}`)).fact.en).toContain('self-signed')
    expect((await look(`https://127.0.0.1:${port}`)).fact.en).toContain(
      'vouch.example.com, localhost, not for 127.0.0.1',
    )
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect((await look(`https://localhost:${port}`)).fact.zh).toContain('没有人应答')
    expect((await look('http://localhost')).outcome).toBe('not_asked')
  })
})
