import { findVerifyFiles } from './check-queries.ts'
import { checkCertificate } from './certificate.ts'
import { both, fault, notAsked, ok, type Bench, type Check, type Found } from './check.ts'
import { fetchOwn, OwnFault } from './fetch-own.ts'
import { answersWords, verifyWords } from './words/web.ts'

const proxy = both('反向代理的配置', 'the configuration of the reverse proxy')

async function checkAnswers({ settings }: Bench): Promise<Found> {
  const url = `${settings.PUBLIC_URL ?? ''}/healthz`
  const began = performance.now()
  try {
    const { status, text } = await fetchOwn(settings, '/healthz')
    if (status !== 200 || text !== '{"live":true}') return fault(answersWords.other(url, status))
    return ok(answersWords.fine(Math.round(performance.now() - began)))
  } catch (thrown) {
    if (!(thrown instanceof OwnFault)) throw thrown
    return fault(answersWords.silent(url, thrown.code))
  }
}

async function checkVerify(bench: Bench): Promise<Found> {
  const files = await findVerifyFiles(bench.db, bench.settings)
  if (files.length === 0) return notAsked(verifyWords.none())
  for (const { name, body } of files) {
    try {
      const { status, text, location } = await fetchOwn(bench.settings, `/${name}`)
      if (location) return fault(verifyWords.redirected(name, location))
      if (status !== 200 || text !== body) return fault(verifyWords.swallowed(name, status))
    } catch (thrown) {
      if (!(thrown instanceof OwnFault)) throw thrown
      return fault(verifyWords.silent(name, thrown.code))
    }
  }
  return ok(verifyWords.fine(files.map(({ name }) => name)))
}

export const webChecks = {
  'web.certificate': {
    group: 'web',
    title: both('证书', 'Certificate'),
    where: proxy,
    settings: ['PUBLIC_URL'],
    run: checkCertificate,
  },
  'web.answers': {
    group: 'web',
    title: both('能打开', 'It opens'),
    where: proxy,
    settings: ['PUBLIC_URL'],
    after: ['web.certificate'],
    run: checkAnswers,
  },
  'web.verify': {
    group: 'web',
    title: both('域名校验文件', 'Verification file'),
    where: both(
      '应用管理 > 应用 > 网页授权及 JS-SDK > 申请校验域名',
      'App management > the app > Web authorisation and JS-SDK > verify the domain',
    ),
    settings: ['PUBLIC_URL'],
    after: ['web.answers'],
    run: checkVerify,
  },
} satisfies Record<string, Check>
