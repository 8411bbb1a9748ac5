import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ControlError, controlVault } from './control.ts'
import { answerVault } from './door.ts'
import type { VaultSite } from './site.ts'

const controlPath = '/sim/vault'

export const isVaultPath = (path: string): boolean =>
  /^\/api\/v[\d.]+\//.test(path) || path === controlPath || path.startsWith(`${controlPath}/`)

/** Answers Vault's API and its control; false when the address is neither. */
export async function serveVault(
  site: VaultSite,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  body: Buffer,
): Promise<boolean> {
  const path = new URL(incoming.url ?? '/', 'http://vault').pathname
  if (!isVaultPath(path)) return false
  if (path.startsWith('/api/')) await answerVault(site, incoming, outgoing, body)
  else answerControl(site, outgoing, { name: path.slice(controlPath.length + 1), body })
  return true
}

function answerControl(
  site: VaultSite,
  outgoing: ServerResponse,
  { name, body }: { name: string; body: Buffer },
): void {
  try {
    const told = body.length > 0 ? (JSON.parse(body.toString('utf8')) as Record<string, unknown>) : {}
    const answer = controlVault(site, name, told)
    outgoing.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    outgoing.end(JSON.stringify(answer))
  } catch (error) {
    if (!(error instanceof ControlError) && !(error instanceof SyntaxError)) throw error
    outgoing.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: error.message }))
  }
}

/** The played vault alone, on a port of its own (0 is any free one). */
export async function listenVault(site: VaultSite, port: number): Promise<{ url: string; close: () => void }> {
  const server = createServer((incoming, outgoing) => {
    void readAll(incoming)
      .then(async (body) => {
        if (!(await serveVault(site, incoming, outgoing, body))) outgoing.writeHead(404).end()
      })
      .catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: taken } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${taken}`, close: () => (server.closeAllConnections(), void server.close()) }
}

async function readAll(incoming: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks)
}
