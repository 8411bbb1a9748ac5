import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { foundCompany } from './company/found-company.ts'
import { isConnected, readConfig } from './config.ts'
import { createDeps } from './create-deps.ts'
import { createApp } from './http/app.ts'
import { startJobs } from './jobs.ts'
import { foundPolicy } from './policy/found-policy.ts'
import { loadKeptKeys } from './setup/kept-keys.ts'

// Lines leave together, twice a second and at the end: a write of its own costs each request as much as deciding it.
const lines = pino.destination({ sync: false, minLength: 8_192 })
setInterval(() => lines.flush(), 500).unref()
const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, lines)
const read = readConfig(process.env)
if ('faults' in read) {
  console.error(['Vouch cannot start:', ...read.faults.map((fault) => `  x ${fault}`)].join('\n'))
  process.exit(1)
}
const { config } = read
const deps = createDeps(config, { log, renderer: fileURLToPath(new URL('render-pages.js', import.meta.url)) })

let stopping = false
const face = (name: string) => fileURLToPath(new URL(`../../${name}/dist`, import.meta.url))
const { app } = createApp(deps, {
  folders: { sidebar: face('sidebar'), console: face('console') },
  stopping: () => stopping,
})
const server = createServer(
  {
    ...{ maxHeaderSize: 16 * 1024, requestTimeout: 10_000, headersTimeout: 8_000, keepAliveTimeout: 65_000 },
    connectionsCheckingInterval: 1_000, // the limits above are looked at only so often; Node's own choice is 30 s
  },
  app.callback(),
)
// Keys of earlier times: now, and again, because another instance may be the one that changes them.
const loadKeys = () =>
  loadKeptKeys(deps).then(
    (unreadable) => unreadable > 0 && log.warn({ unreadable }, 'kept keys cannot be opened'),
    (fault: unknown) => log.warn({ code: fault instanceof Error ? fault.name : 'unknown' }, 'kept keys were not read'),
  )
await loadKeys()
setInterval(() => void loadKeys(), 30_000).unref()
if (!isConnected(config)) log.warn('WeCom is not set up yet: what it takes is in the system check of the console')
await foundCompany(deps)
await foundPolicy(deps)
const stopJobs = await startJobs(deps)
server.listen(config.PORT, () => {
  log.info({ port: config.PORT }, 'listening')
  lines.flush()
})

/** Takes no new request, ends what runs within 8 s, lets the jobs finish, closes the database. */
async function stop(signal: string): Promise<void> {
  if (stopping) return
  stopping = true
  log.info({ signal }, 'stopping')
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 8_000))])
  server.closeAllConnections()
  await stopJobs()
  await deps.db.destroy()
  log.info('stopped')
  process.exit(0)
}
process.on('SIGTERM', () => void stop('SIGTERM'))
process.on('SIGINT', () => void stop('SIGINT'))
