import { createServer, connect, type Socket } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One packet with statements on its way to the database, before it gets there. */
export type Packet = { sql: string; nth: number; connection: Connection }
type Connection = { id: number; seen: string[] }

/** What becomes of a packet: it passes, the wire is cut before or after the database did it, or it is refused. */
export type Fate = 'pass' | 'cut_before' | 'cut_after' | { errno: number; state: string }

export type DatabaseWire = Awaited<ReturnType<typeof openDatabaseWire>>

/**
 * A wire between the application and its database, on a socket of its own, that understands so much of the protocol that
 * a test can cut it at any statement: `wire.judge` is asked about every packet of statements, and `wire.answered` is told
 * when the database did it and before the application hears of it.
 */
export async function openDatabaseWire(databaseUrl: string) {
  const real = new URL(databaseUrl)
  const target = real.searchParams.get('socketPath')
  const folder = mkdtempSync(join(tmpdir(), 'vouch-wire-'))
  const path = join(folder, 'wire.sock')
  const sockets = new Set<Socket>()
  const wire = {
    judge: (_: Packet): Fate => 'pass',
    answered: async (_: Packet): Promise<void> => {},
    url: '',
    /** Statements since `count` was last set. */
    count: 0,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
  let connections = 0

  const server = createServer((application) => {
    const database = target ? connect(target) : connect(Number(real.port || 3306), real.hostname)
    const connection: Connection = { id: (connections += 1), seen: [] }
    let waiting: { packet: Packet; fate: Fate } | undefined
    const cut = () => {
      application.destroy()
      database.destroy()
    }
    for (const socket of [application, database]) {
      sockets.add(socket)
      socket.on('error', cut)
      socket.on('close', () => {
        sockets.delete(socket)
        cut()
      })
    }
    const pass = splitPackets((bytes) => {
      const sql = statementIn(bytes)
      if (sql === undefined || sql.startsWith('set session')) return void database.write(bytes)
      wire.count += 1
      const packet = { sql, nth: wire.count, connection }
      connection.seen.push(sql)
      const fate = wire.judge(packet)
      if (fate === 'cut_before') return cut()
      if (typeof fate === 'object') return void application.write(refusal(fate))
      waiting = { packet, fate }
      database.write(bytes)
    })
    application.on('data', pass)
    let held: Buffer[] = []
    database.on('data', (bytes) => {
      if (!waiting) return void application.write(bytes)
      held.push(bytes)
      if (!isWhole(Buffer.concat(held))) return
      const [done, answer] = [waiting, Buffer.concat(held)]
      held = []
      waiting = undefined
      if (done.fate === 'cut_after') return cut()
      database.pause()
      void wire.answered(done.packet).then(() => {
        if (!application.destroyed) application.write(answer)
        database.resume()
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  const url = new URL(databaseUrl)
  url.searchParams.set('socketPath', path)
  wire.url = url.href
  return wire
}

/** Calls back with each whole packet: three bytes of length, one of sequence, then the payload. */
function splitPackets(each: (packet: Buffer) => void) {
  let rest = Buffer.alloc(0)
  return (bytes: Buffer): void => {
    rest = Buffer.concat([rest, bytes])
    while (rest.length >= 4 && rest.length >= 4 + rest.readUIntLE(0, 3)) {
      const end = 4 + rest.readUIntLE(0, 3)
      each(rest.subarray(0, end))
      rest = rest.subarray(end)
    }
  }
}

/**
 * Whether the database answered every statement of a packet. Each that writes is answered by a packet that says whether
 * more follow; rows come only of reading, where nothing depends on the end.
 */
function isWhole(answer: Buffer): boolean {
  const packets: Buffer[] = []
  splitPackets((packet) => packets.push(packet))(answer)
  return packets.some((packet) => packet[4] !== 0 || !(statusOf(packet) & moreFollow))
}

const moreFollow = 8

/** The status in an OK packet: after two numbers of one byte or, marked by 252 to 254, of two, three or eight more. */
function statusOf(packet: Buffer): number {
  let at = 5
  for (const _ of ['rows', 'id']) at += 1 + ({ 252: 2, 253: 3, 254: 8 }[packet[at] ?? 0] ?? 0)
  return packet.readUInt16LE(at)
}

/** The text of a COM_QUERY, the only command with statements that our driver uses. */
function statementIn(packet: Buffer): string | undefined {
  return packet[3] === 0 && packet[4] === 3 ? packet.subarray(5).toString('utf8') : undefined
}

/** An error packet as the database would send it. */
function refusal({ errno, state }: { errno: number; state: string }): Buffer {
  const payload = Buffer.concat([Buffer.from([0xff, errno & 0xff, errno >> 8]), Buffer.from(`#${state}refused`)])
  const head = Buffer.alloc(4)
  head.writeUIntLE(payload.length, 0, 3)
  head[3] = 1
  return Buffer.concat([head, payload])
}
