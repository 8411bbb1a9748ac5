/** Free ports: the usual one, else the next free one. */
import { createServer } from 'node:net'

function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** True when nobody listens on the port, neither on loopback nor on all addresses. */
export async function isFree(port) {
  for (const host of ['127.0.0.1', '::1', '0.0.0.0', '::']) if (!(await canListen(port, host))) return false
  return true
}

/**
 * Chooses a port for each name of `preferred`, e.g. `{ simulator: 4400 }`, no two alike.
 * Throws when a hundred ports in a row are taken.
 * @param {Record<string, number>} preferred
 * @returns {Promise<Record<string, number>>}
 */
export async function choosePorts(preferred) {
  /** @type {Record<string, number>} */
  const chosen = {}
  for (const [name, usual] of Object.entries(preferred)) {
    let port = usual
    while (Object.values(chosen).includes(port) || !(await isFree(port))) {
      port += 1
      if (port > usual + 100) throw new Error(`no free port from ${usual} to ${port}`)
    }
    chosen[name] = port
  }
  return chosen
}
