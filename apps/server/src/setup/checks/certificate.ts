import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { fault, notAsked, ok, warning, type Bench, type Found } from './check.ts'
import { certificateWords } from './words/web.ts'

const dayMs = 86_400_000
const soonDays = 21
const timeLimitMs = 5_000

/** Looks at the certificate as phones are shown it: not yet expired, for this name, by somebody trusted. */
export async function checkCertificate({ settings, now }: Bench): Promise<Found> {
  const { protocol, hostname, port } = new URL(settings.PUBLIC_URL ?? '')
  if (protocol !== 'https:') return notAsked(certificateWords.plain())
  const shown = await show(hostname, Number(port || 443))
  if (typeof shown === 'string') return fault(certificateWords.silent(hostname, shown))
  return judgeCertificate(shown, hostname, now())
}

export type ShownCertificate = { certificate: PeerCertificate; trustFault: string | null }

/** Dates first: an expired one is also not trusted, and its date is what helps. */
export function judgeCertificate({ certificate, trustFault }: ShownCertificate, host: string, now: Date): Found {
  const until = new Date(certificate.valid_to)
  const days = Math.floor((until.getTime() - now.getTime()) / dayMs)
  if (until <= now) return fault(certificateWords.over(until.toISOString().slice(0, 10)))
  if (checkServerIdentity(host, certificate)) return fault(certificateWords.otherName(host, namesOf(certificate)))
  if (trustFault) return fault(certificateWords.untrusted(trustFault))
  if (days < soonDays) return warning(certificateWords.soon(days))
  return ok(certificateWords.fine(days, String(certificate.issuer?.O ?? certificate.issuer?.CN ?? '?')))
}

const namesOf = ({ subjectaltname, subject }: PeerCertificate): string =>
  (subjectaltname ?? String(subject?.CN ?? '')).replaceAll('DNS:', '').slice(0, 120)

/** The certificate, or why there was no connection. Trust is judged here and not enforced, so that it can be told apart. */
function show(host: string, port: number): Promise<ShownCertificate | string> {
  return new Promise((resolve) => {
    const options = { host, port, rejectUnauthorized: false, timeout: timeLimitMs }
    const socket: TLSSocket = connect({ ...options, ...(/[a-z]/i.test(host) ? { servername: host } : {}) }, () => {
      const { authorizationError } = socket
      const trustFault = authorizationError ? String(authorizationError.message || authorizationError) : null
      resolve({ certificate: socket.getPeerCertificate(), trustFault: socket.authorized ? null : trustFault })
      socket.end()
    })
    socket.once('timeout', () => (resolve('ETIMEDOUT'), socket.destroy()))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
  })
}
