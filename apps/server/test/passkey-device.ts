import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'
import { publicUrl } from './test-server.ts'

type Options = { challenge: string }
/** What a device or browser may say otherwise than it should. */
type Said = { origin?: string; host?: string; counter?: number; verified?: boolean; challenge?: string; type?: string }

const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')
const digest = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()

/** A device that makes and uses one passkey, with real keys, and the browser in front of it. */
export function createDevice(credentialId = randomBytes(32)) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = base64(credentialId)
  let used = 0

  const browserSays = (type: string, { challenge }: Options, said: Said) =>
    Buffer.from(
      JSON.stringify({
        ...{ type: said.type ?? type, challenge: said.challenge ?? challenge, origin: said.origin ?? publicUrl },
        crossOrigin: false,
      }),
    )

  function deviceSays(flags: number, said: Said): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(said.counter ?? (used += 1))
    const verified = said.verified === false ? 0 : 4
    return Buffer.concat([digest(said.host ?? new URL(publicUrl).hostname), Buffer.of(flags | verified), counter])
  }

  function publicHalf(): Uint8Array {
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const key = new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1]]) // prettier-ignore
    for (const [at, part] of [[-2, x], [-3, y]] as const) key.set(at, new Uint8Array(Buffer.from(part, 'base64url'))) // prettier-ignore
    return isoCBOR.encode(key)
  }

  const written = (response: object) =>
    JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })

  /** What the browser answers when it was asked to make a passkey. */
  function make(options: Options, said: Said = {}): string {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(credentialId.length)
    const made = [Buffer.alloc(16), length, credentialId, publicHalf()]
    const authData = new Uint8Array(Buffer.concat([deviceSays(0x41, { counter: 0, ...said }), ...made]))
    const attestation = new Map<string, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]]) // prettier-ignore
    return written({
      clientDataJSON: base64(browserSays('webauthn.create', options, said)),
      attestationObject: base64(isoCBOR.encode(attestation as never)), // its types do not know nested maps
    })
  }

  /** What the browser answers when it was asked for a passkey. */
  function show(options: Options, said: Said = {}): string {
    const clientData = browserSays('webauthn.get', options, said)
    const authData = deviceSays(1, said)
    return written({
      clientDataJSON: base64(clientData),
      authenticatorData: base64(authData),
      signature: base64(sign('sha256', Buffer.concat([authData, digest(clientData)]), privateKey)),
    })
  }

  return { id: credentialId, make, show }
}
