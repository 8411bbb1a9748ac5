import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { readConfig, settingNames } from '../../src/config.ts'
import { accountsFrom } from '../../src/upkeep/accounts.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const read = (name: string) => readFileSync(new URL(`../../../../deploy/${name}`, import.meta.url), 'utf8')
/** What stands in a YAML file is looked at by name; its shape is what the tests are about. */
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any
const compose: Loose = parse(read('compose.yaml'), { merge: true })
const kinds: Loose[] = parseAllDocuments(read('kubernetes.yaml')).map((document) => document.toJS())
const only = (kind: string, name = 'vouch') => kinds.find((one) => one.kind === kind && one.metadata.name === name)
const dockerfile = read('Dockerfile')
const unit = read('vouch.service')
/** Names of settings in a file, those behind a # too. */
const namesIn = (text: string) => [...text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map((found) => found[1])
const commandNames = ['OWNER_DATABASE_URL', 'BACKUP_KEY']

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

describe('the example of the settings', () => {
  it('explains every setting there is and none that is not', () => {
    expect(namesIn(read('environment.example')).sort()).toEqual([...settingNames, 'FILES_URL'].sort()) // folder or bucket
    expect(namesIn(read('owner.example'))).toEqual(commandNames)
  })

  it('can be used once its blanks are filled in', () => {
    const begun = read('environment.example').replace(/^SECRET_KEY=$/m, `SECRET_KEY=${'k'.repeat(64)}`)
    expect(readConfig(parseEnv(begun)), 'WeCom comes later').toMatchObject({ config: { WECOM_CORP_ID: '' } })
    const filled = begun
      .replace(/^WECOM_CORP_ID=$/m, 'WECOM_CORP_ID=ww0123456789abcdef')
      .replace(/^WECOM_AGENT_ID=$/m, 'WECOM_AGENT_ID=1000002')
      .replace(/^WECOM_AGENT_SECRET=$/m, 'WECOM_AGENT_SECRET=secret')
      .replace(/^WECOM_CALLBACK_TOKEN=$/m, 'WECOM_CALLBACK_TOKEN=token')
      .replace(/^WECOM_CALLBACK_AES_KEY=$/m, `WECOM_CALLBACK_AES_KEY=${'a'.repeat(43)}`)
    const environment = parseEnv(filled)
    expect(readConfig(environment)).toMatchObject({ config: { demo: false } })
    const { ownerUrl, applicationUrl } = accountsFrom({ ...environment, ...parseEnv(read('owner.example')) })
    expect([new URL(ownerUrl).username, new URL(applicationUrl).username]).toEqual(['owner', 'vouch_app'])
  })
})

describe('every name of a setting', () => {
  const known = [
    ...settingNames,
    ...commandNames,
    'NODE_ENV',
    'VOUCH_IMAGE',
    'VOUCH_BACKUPS',
    'MYSQL_ROOT_PASSWORD_FILE',
  ]
  const set = (text: string) =>
    [...text.matchAll(/^ENV (.*)$/gm)].flatMap((found) => namesIn(found[1]!.replaceAll(' ', '\n')))

  it('in the image, the unit and the manifests is one', () => {
    const given = [
      ...set(dockerfile),
      ...[...unit.matchAll(/^Environment=([A-Z_]+)=/gm)].map((found) => found[1]),
      ...Object.values<Loose>(compose.services).flatMap((service) => Object.keys(service.environment ?? {})),
      ...[...read('compose.yaml').matchAll(/\$\{([A-Z_]+)/g)].map((found) => found[1]),
      ...kinds
        .flatMap((one) => one.spec?.template?.spec?.containers ?? [])
        .flatMap(({ env = [] }) => env.map((each: Loose) => each.name)),
    ]
    expect(given.length).toBeGreaterThan(8)
    expect(given.filter((name) => !known.includes(name ?? ''))).toEqual([])
  })
})

describe('what is started', () => {
  const images = [
    ...Object.values<Loose>(compose.services).map(({ image }) => image.replace(/^\$\{VOUCH_IMAGE:-(.*)\}$/, '$1')),
    ...kinds.flatMap((one) => one.spec?.template?.spec?.containers ?? []).map(({ image }) => image),
    dockerfile.match(/^ARG NODE_IMAGE=(.*)$/m)?.[1],
  ]

  it('has a fixed version, ours the one of this repository', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'))
    expect(images.length).toBeGreaterThan(6)
    for (const image of images) expect(image).toMatch(/^[a-z/]+:\d+\.\d+(\.\d+)?(-[a-z-]+)?$/)
    for (const image of images.filter((name) => name.startsWith('vouch:'))) expect(image).toBe(`vouch:${version}`)
  })

  it('runs as nobody in particular, and may become nobody else', () => {
    expect(dockerfile).toMatch(/^USER 10001:10001$/m)
    expect(unit).toMatch(/^User=vouch$/m)
    expect(unit).toMatch(/^NoNewPrivileges=yes$/m)
    for (const name of ['app-1', 'app-2', 'upkeep']) {
      const { read_only: readOnly, cap_drop: dropped, security_opt: options } = compose.services[name]
      expect({ readOnly, dropped, options }).toEqual({
        readOnly: true,
        dropped: ['ALL'],
        options: ['no-new-privileges:true'],
      })
    }
    for (const one of [only('Deployment'), only('Job', 'vouch-migrate-0-1-0')]) {
      const { securityContext, containers } = one.spec.template.spec
      expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10001 })
      for (const container of containers)
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
        })
    }
  })

  it('is two instances, which share their files and see no owner of the database', () => {
    for (const name of ['app-1', 'app-2']) {
      expect(compose.services[name].volumes).toEqual(['files:/var/lib/vouch/files'])
      expect(compose.services[name].env_file).toEqual(['vouch.env'])
    }
    expect(compose.services.migrate.env_file).toEqual(['vouch.env', 'owner.env'])
    expect(compose.volumes).toHaveProperty('files')
    const { replicas, strategy, template } = only('Deployment').spec
    expect({ replicas, strategy: strategy.rollingUpdate }).toEqual({
      replicas: 2,
      strategy: { maxUnavailable: 0, maxSurge: 1 },
    })
    expect(template.spec.containers[0].envFrom).toEqual([{ secretRef: { name: 'vouch' } }])
    expect(template.spec.volumes).toContainEqual({ name: 'files', persistentVolumeClaim: { claimName: 'files' } })
    expect(only('PersistentVolumeClaim', 'files').spec.accessModes).toEqual(['ReadWriteMany'])
  })

  it('is asked by its probes for what it serves', async () => {
    const { startupProbe, livenessProbe, readinessProbe } = only('Deployment').spec.template.spec.containers[0]
    const probes = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.path)
    const checks = [
      dockerfile,
      ...['app-1', 'app-2'].map((name) => compose.services[name].healthcheck.test.join(' ')),
    ].map((text) => text.match(/127\.0\.0\.1:\S+?(\/[a-z]+)[`"]/)?.[1])
    expect(probes).toEqual(['/healthz', '/healthz', '/readyz'])
    expect(checks).toEqual(['/healthz', '/readyz', '/readyz'])
    server.deps.now = () => new Date() // a clock that is wrong is not ready
    for (const path of [...probes, ...checks]) expect((await fetch(server.url + path)).status, path).toBe(200)
  })

  it('keeps what is for inside behind the door', async () => {
    const { paths } = only('Ingress').spec.rules[0].http
    for (const path of ['/metrics', '/healthz/details']) {
      expect((await fetch(server.url + path)).status).toBe(200) // it exists
      expect(read('proxy.conf')).toContain(`location = ${path} { return 404; }`)
      expect(paths.find((one: Loose) => one.path === path)).toMatchObject({
        pathType: 'Exact',
        backend: { service: { name: 'nobody' } },
      })
    }
    expect(only('Service', 'nobody').spec.selector).toBeUndefined()
  })

  it('has time to stop: more than the ten seconds it takes', () => {
    expect(compose.services['app-1'].stop_grace_period).toBe('15s')
    expect(Number(unit.match(/^TimeoutStopSec=(\d+)$/m)?.[1])).toBeGreaterThan(10)
    expect(only('Deployment').spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(13)
  })

  it('commits to a disk that means it', () => {
    expect(compose.services.database.command).toEqual(
      expect.arrayContaining(['--innodb-flush-log-at-trx-commit=1', '--sync-binlog=1', '--innodb-doublewrite=ON']),
    )
    expect(compose.services.database.volumes).toEqual(['database:/var/lib/mysql'])
  })

  it('starts programs that the server’s build makes', () => {
    const made = readFileSync(new URL('../../vite.config.ts', import.meta.url), 'utf8')
    const started = [read('compose.yaml'), read('kubernetes.yaml'), dockerfile, unit, read('README.md')].flatMap(
      (text) => [...text.matchAll(/apps\/server\/dist\/([a-z-]+)\.js/g)].map((found) => found[1]!),
    )
    expect(new Set(started).size).toBeGreaterThan(4)
    for (const name of started) expect(made).toMatch(new RegExp(`'?${name}'?: 'src/${name}.ts'`))
  })

  it('is a unit that systemd understands, where there is one to ask', () => {
    const path = fileURLToPath(new URL('../../../../deploy/vouch.service', import.meta.url))
    const asked = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' })
    const faults = asked.error ? [] : asked.stderr.split('\n').filter((line) => /vouch\.service:\d+:/.test(line))
    expect(faults).toEqual([])
    for (const section of ['Unit', 'Service', 'Install']) expect(unit).toMatch(new RegExp(`^\\[${section}\\]$`, 'm'))
    expect(unit).toContain('ExecStart=/usr/bin/node apps/server/dist/main.js')
  })
})

describe('the guide to the set-up of WeCom', () => {
  type Texts = { zh: unknown; en: unknown }
  type Drawn = {
    draw: (picture: Texts, language: string) => string
    fileOf: (name: string, language: string) => string
  }
  /** Plain JavaScript, without types. */
  const program = (name: string) =>
    import(new URL(`../../../../deploy/${name}`, import.meta.url).href) as Promise<Record<string, unknown>>
  const guides = { zh: read('wecom-setup.zh.md'), en: read('wecom-setup.md') }

  it.each(['zh', 'en'] as const)('shows every picture in %s, as it is drawn now', async (language) => {
    const { draw, fileOf } = (await program('draw-pictures.mjs')) as unknown as Drawn
    const { pictures } = (await program('wecom-steps.mjs')) as { pictures: Record<string, Texts> }
    const shown = [...guides[language].matchAll(/\]\(pictures\/(\S+)\)/g)].map((found) => found[1])
    expect(shown.toSorted()).toEqual(
      Object.keys(pictures)
        .map((name) => fileOf(name, language))
        .toSorted(),
    )
    for (const [name, picture] of Object.entries(pictures))
      expect(read(`pictures/${fileOf(name, language)}`)).toBe(draw(picture, language))
  })

  it('names settings that exist, addresses that are served, and as many steps in both languages', async () => {
    for (const text of Object.values(guides)) {
      const named = [...text.matchAll(/\b((?:WECOM|PUBLIC|SECRET|FILES)_[A-Z_]+)\b/g)].map((found) => found[1])
      expect(named.filter((name) => !settingNames.some((known) => known === name))).toEqual([])
      expect([...text.matchAll(/^## /gm)]).toHaveLength(12)
    }
    const statusOf = async (path: string) => (await fetch(server.url + path, { redirect: 'manual' })).status
    expect(await statusOf('/elsewhere')).toBe(404)
    const { pictures } = await program('wecom-steps.mjs')
    const said = JSON.stringify(pictures) + guides.zh
    for (const path of ['/wecom/callback', '/sidebar/', '/console/']) {
      expect(await statusOf(path.replace(/\/$/, '')), path).not.toBe(404)
      expect(said).toContain(`https://vouch.example.com${path}`)
    }
  })
})
