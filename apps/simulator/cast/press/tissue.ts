import { deflateSync } from 'node:zlib'

const width = 1350
const height = 1120

/**
 * A PNG of something like stained tissue, 4.5 million bytes, the same for the same seed. It is stored without compression:
 * a document of five plates is to be too large for WeCom, and that is its purpose.
 */
export function drawTissue(seed: number): Buffer {
  const random = seeded(seed)
  const cells = Array.from({ length: 260 }, () => ({
    x: random() * width,
    y: random() * height,
    r: 12 + random() * 20,
    dark: random(),
  }))
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y += 1) {
    const near = cells.filter((cell) => Math.abs(cell.y - y) < cell.r)
    paintRow(rows, y, near, random)
  }
  return png(rows)
}

type Cell = { x: number; y: number; r: number; dark: number }

function paintRow(rows: Buffer, y: number, near: Cell[], random: () => number): void {
  const shades = new Float32Array(width)
  for (const cell of near) {
    const half = Math.sqrt(cell.r ** 2 - (cell.y - y) ** 2)
    for (let x = Math.max(0, Math.ceil(cell.x - half)); x < Math.min(width, cell.x + half); x += 1) {
      const depth = 1 - ((x - cell.x) ** 2 + (y - cell.y) ** 2) / cell.r ** 2
      shades[x] = Math.max(shades[x] ?? 0, Math.min(1, depth * 2.2) * (0.45 + cell.dark * 0.4))
    }
  }
  let at = y * (1 + width * 3) + 1
  for (let x = 0; x < width; x += 1) {
    const fibre = Math.sin((x + y * 0.6) / 37) * 10 + Math.sin((x - y) / 91) * 12
    const shade = shades[x] ?? 0
    const grain = (random() * 256) | 0
    rows[at] = clamp(232 + fibre - shade * 130 + (grain & 31) - 16)
    rows[at + 1] = clamp(182 + fibre - shade * 120 + ((grain >> 3) & 31) - 16)
    rows[at + 2] = clamp(206 + fibre * 0.6 - shade * 55 + ((grain * 7) & 31) - 16)
    at += 3
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value
}

function png(rows: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length, 0)
  head.write(type, 4, 'latin1')
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(crc(Buffer.concat([head.subarray(4), data])), 0)
  return Buffer.concat([head, data, tail])
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 255] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}

function seeded(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
