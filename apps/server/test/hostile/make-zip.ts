import { crc32, deflateRawSync } from 'node:zlib'

/** `says` is the size that the archive declares, when that is a lie; `packed` replaces what it holds. */
export type ZipPart = {
  name: string
  bytes: Buffer
  store?: boolean
  says?: number
  packed?: Buffer
  encrypted?: boolean
}

/** A ZIP archive with any names and any lies, which no library would write. */
export function makeZip(parts: ZipPart[]): Buffer {
  const [locals, central]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const part of parts) {
    const local = localPart(part)
    central.push(centralPart(part, at))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}

const packedOf = ({ bytes, store, packed }: ZipPart): Buffer => packed ?? (store ? bytes : deflateRawSync(bytes))

/** Flags, method, time, check sum and sizes: the same in both places. */
function description(part: ZipPart): Buffer {
  const name = Buffer.from(part.name)
  const bytes = Buffer.alloc(24)
  bytes.writeUInt16LE(0x800 | (part.encrypted ? 1 : 0), 0)
  bytes.writeUInt16LE(part.store ? 0 : 8, 2)
  bytes.writeUInt32LE(part.packed ? 0 : crc32(part.bytes), 8)
  bytes.writeUInt32LE(packedOf(part).length, 12)
  bytes.writeUInt32LE(part.says ?? part.bytes.length, 16)
  bytes.writeUInt16LE(name.length, 20)
  return bytes
}

function localPart(part: ZipPart): Buffer {
  return Buffer.concat([
    Buffer.from('PK\x03\x04\x14\x00', 'latin1'),
    description(part),
    Buffer.from(part.name),
    packedOf(part),
  ])
}

function centralPart(part: ZipPart, at: number): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(at, 10)
  return Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00\x14\x00', 'latin1'),
    description(part),
    rest,
    Buffer.from(part.name),
  ])
}
