/** What the simulator's process reads from its environment; addresses carry no trailing slash. */
export type Config = {
  port: number
  repPort: number
  hcpPort: number
  /** Where stage, API, OAuth and web login live, as a browser sees it. */
  simulatorUrl: string
  /** The product's public address, which is also the rep's phone network. */
  publicUrl: string
  /** The doctor's phone network. */
  hcpUrl: string
  /** The product's server behind both phone networks. */
  serverUrl: string
  /** A development server for /sidebar/, when set. */
  sidebarDevUrl: string | null
  corpId: string
  agentId: number
  agentSecret: string
  callback: { url: string; token: string; aesKey: string } | null
  /** Who may sign in to the played Veeva Vault. */
  vaultUser: string
  vaultPassword: string
  /** What its receiver of webhooks checks signatures with; empty: it believes everybody. */
  webhookSecret: string
  stageFolder: string
}

/** A fault of the environment; its message is the one line that is printed. */
export class ConfigError extends Error {}

/**
 * Reads the environment. Refuses to stand beside real credentials: the simulator plays WeCom, so a real corp id or a
 * real WeCom address in its environment can only be a mistake. Throws `ConfigError`.
 */
export function readConfig(env: Record<string, string | undefined>, stageFolder: string): Config {
  refuseRealCredentials(env)
  const port = readPort(env, 'SIMULATOR_PORT', 4400)
  const repPort = readPort(env, 'REP_PORT', 8080)
  const hcpPort = readPort(env, 'HCP_PORT', 8090)
  return {
    port,
    repPort,
    hcpPort,
    simulatorUrl: readUrl(env, 'SIMULATOR_URL', `http://localhost:${port}`),
    publicUrl: readUrl(env, 'PUBLIC_URL', `http://localhost:${repPort}`),
    hcpUrl: readUrl(env, 'HCP_URL', `http://localhost:${hcpPort}`),
    serverUrl: readUrl(env, 'SERVER_URL', 'http://127.0.0.1:8081'),
    sidebarDevUrl: env['SIDEBAR_DEV_URL'] ? readUrl(env, 'SIDEBAR_DEV_URL', '') : null,
    corpId: env['WECOM_CORP_ID'] || 'wwdemo0000000001',
    agentId: Number(env['WECOM_AGENT_ID'] || 1000002),
    agentSecret: env['WECOM_AGENT_SECRET'] || 'demo-agent-secret',
    callback: readCallback(env),
    vaultUser: env['VAULT_USER'] || 'svc.vouch@zhunxin.example',
    vaultPassword: env['VAULT_PASSWORD'] || 'demo',
    webhookSecret: env['WEBHOOK_SECRET'] || '',
    stageFolder,
  }
}

function refuseRealCredentials(env: Record<string, string | undefined>): void {
  const corpId = env['WECOM_CORP_ID']
  if (corpId && !corpId.startsWith('wwdemo'))
    throw new ConfigError(
      'WECOM_CORP_ID is not a demo corp (wwdemo…): the simulator does not start beside real credentials',
    )
  for (const [name, value] of Object.entries(env))
    if (name.startsWith('WECOM_') && /(^|[/.])(weixin|tencent|wecom\.work)\b|qq\.com/i.test(value ?? ''))
      throw new ConfigError(`${name} points to the real WeCom: the simulator does not start beside real credentials`)
}

function readCallback(env: Record<string, string | undefined>): Config['callback'] {
  const token = env['WECOM_CALLBACK_TOKEN']
  const aesKey = env['WECOM_CALLBACK_AES_KEY']
  if (!token && !aesKey) return null
  if (!token || !/^[A-Za-z0-9]{1,32}$/.test(token))
    throw new ConfigError('WECOM_CALLBACK_TOKEN must be 1 to 32 letters and digits')
  if (!aesKey || !/^[A-Za-z0-9]{43}$/.test(aesKey))
    throw new ConfigError('WECOM_CALLBACK_AES_KEY must be 43 letters and digits')
  return { url: readUrl(env, 'CALLBACK_URL', 'http://127.0.0.1:8081/wecom/callback'), token, aesKey }
}

function readPort(env: Record<string, string | undefined>, name: string, usual: number): number {
  const port = Number(env[name] || usual)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new ConfigError(`${name} is not a port: ${env[name]}`)
  return port
}

function readUrl(env: Record<string, string | undefined>, name: string, usual: string): string {
  const value = env[name] || usual
  if (!URL.canParse(value)) throw new ConfigError(`${name} is not an address: ${value}`)
  return value.replace(/\/+$/, '')
}
