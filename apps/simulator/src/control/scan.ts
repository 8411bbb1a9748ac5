import { crc32, deflateSync } from 'node:zlib'
import { encode } from 'uqr'
import { scan, type Scanned } from '../callback/scan.ts'
import type { Simulator } from '../simulator.ts'
import { ChoiceError } from './choose.ts'

type Body = Record<string, unknown>

/** `{configId, externalUserid? | name?, accepted?, earlySeconds?}`; whoever is named by nothing is somebody new. */
export function letScan(simulator: Simulator, body: Body): Promise<Scanned> {
  if (typeof body['configId'] !== 'string') throw new ChoiceError('configId is a string')
  const externalUserid = body['externalUserid'] === undefined ? undefined : String(body['externalUserid'])
  if (externalUserid !== undefined && !simulator.store.contacts.has(externalUserid))
    throw new ChoiceError('no such externalUserid')
  return scan(simulator, {
    ...{ configId: body['configId'], externalUserid, accepted: body['accepted'] === true },
    ...{ name: body['name'] === undefined ? undefined : String(body['name']) },
    earlySeconds: Number(body['earlySeconds'] ?? 0),
  })
}

const scale = 8

/** The picture of a code as WeCom gives it: a PNG, black on white. */
export function drawCode(simulator: Simulator, configId: string): Buffer | null {
  if (!simulator.vault.ways.has(configId)) return null
  const { data, size } = encode(`${simulator.config.simulatorUrl}/sim/scan/${configId}`, { border: 3 })
  const line = (row: boolean[]): Buffer =>
    Buffer.from([0, ...row.flatMap((dark) => Array<number>(scale).fill(dark ? 0 : 255))])
  const pixels = Buffer.concat(data.flatMap((row) => Array<Buffer>(scale).fill(line(row))))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size * scale, 0)
  header.writeUInt32BE(size * scale, 4)
  header[8] = 8 // grey, eight bits
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND')])
}

function chunk(kind: string, content = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
