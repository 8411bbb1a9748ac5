/** What the demo's processes are told: addresses from free ports, secrets made at random once and kept in `.data/demo.json`. */
import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { choosePorts } from './ports.mjs'
import { dataDir, inRoot } from './root.mjs'

const usualPorts = { simulator: 4400, rep: 8080, hcp: 8090, server: 8081 }
const corpId = 'wwdemo0000000001'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const word = (length) => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')

/** The demo's secrets, the same at every start until the folder is deleted; one that is new is added. */
export function loadSecrets(folder = dataDir) {
  const file = join(folder, 'demo.json')
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const secrets = {
    secretKey: randomBytes(48).toString('base64'),
    agentSecret: word(43),
    callbackToken: word(24),
    callbackAesKey: word(43),
    databasePassword: word(32),
    vaultPassword: word(32),
    webhookSecret: `whsec_${randomBytes(32).toString('base64')}`,
    ...kept,
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}

/** The same database through the account that the application uses. */
function applicationUrl(ownerUrl, account, password) {
  const url = new URL(ownerUrl)
  url.username = account
  url.password = password
  return url.toString()
}

/**
 * Ports, addresses, and the environment of each process.
 * `changed` lists ports that are not the usual ones because something else listens there.
 * A second stack beside the demo has its own `folder` for secrets and logs, first `ports` to try, and database `account`.
 * Documents and page images are shared: they are named by their content.
 * @param {string} ownerUrl
 */
export async function describeDemo(
  ownerUrl,
  { folder = dataDir, ports: wanted = usualPorts, account = 'vouch_app' } = {},
) {
  const secrets = loadSecrets(folder)
  const ports = await choosePorts(wanted)
  const at = (port) => `http://localhost:${port}`
  const serverUrl = `http://127.0.0.1:${ports.server}`
  const wecom = {
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: '1000002',
    WECOM_AGENT_SECRET: secrets.agentSecret,
    WECOM_CALLBACK_TOKEN: secrets.callbackToken,
    WECOM_CALLBACK_AES_KEY: secrets.callbackAesKey,
  }
  const vault = { VAULT_USER: 'svc.vouch@zhunxin.example', VAULT_PASSWORD: secrets.vaultPassword }
  const appUrl = applicationUrl(ownerUrl, account, secrets.databasePassword)
  const files = { FILES_URL: `file:${join(dataDir, 'files')}` }
  return {
    addresses: {
      stage: `${at(ports.simulator)}/`,
      console: `${at(ports.rep)}/console/`,
      health: `${serverUrl}/healthz`,
      ready: `${serverUrl}/readyz`,
    },
    changed: Object.entries(ports).filter(([name, port]) => port !== wanted[name]),
    cast: join(dataDir, 'cast'),
    logs: join(folder, 'logs'),
    environments: {
      migrate: { DATABASE_URL: ownerUrl, APP_DATABASE_URL: appUrl },
      load: { DATABASE_URL: ownerUrl, WECOM_CORP_ID: corpId, ...files },
      /** Added to what loads the world where it is to be played with, not tested. */
      webhook: {
        SECRET_KEY: secrets.secretKey,
        DEMO_WEBHOOK_URL: `${at(ports.simulator)}/hooks/in`,
        DEMO_WEBHOOK_SECRET: secrets.webhookSecret,
      },
      server: {
        ...wecom,
        ...files,
        PORT: String(ports.server),
        PUBLIC_URL: at(ports.rep),
        DATABASE_URL: appUrl,
        SECRET_KEY: secrets.secretKey,
        WECOM_API_URL: at(ports.simulator),
        WECOM_OAUTH_URL: at(ports.simulator),
        WECOM_LOGIN_URL: at(ports.simulator),
        // Connected, and read by nobody until a mapping is set in the console.
        VAULT_URL: at(ports.simulator),
        ...vault,
        // The simulator takes webhooks at /hooks/in.
        WEBHOOK_INSIDE_HOSTS: `localhost:${ports.simulator}`,
        NODE_ENV: 'production',
      },
      simulator: {
        ...wecom,
        ...vault,
        WEBHOOK_SECRET: secrets.webhookSecret,
        SIMULATOR_PORT: String(ports.simulator),
        REP_PORT: String(ports.rep),
        HCP_PORT: String(ports.hcp),
        SERVER_URL: serverUrl,
        PUBLIC_URL: at(ports.rep),
        CALLBACK_URL: `${serverUrl}/wecom/callback`,
        NODE_ENV: 'production',
      },
    },
    programs: {
      migrate: inRoot('apps/server/dist/migrate.js'),
      cast: inRoot('apps/simulator/dist/cast/build.js'),
      load: inRoot('apps/server/dist/load-world.js'),
      simulator: inRoot('apps/simulator/dist/main.js'),
      server: inRoot('apps/server/dist/main.js'),
    },
  }
}
