import { consentEndpoints as consents } from '@vouch/contract'
import { exportConsents } from '../consents/export-consents.ts'
import { findDoctors } from '../consents/find-doctors.ts'
import { consentImportErrors, consentTemplate } from '../consents/imports/consent-import-errors.ts'
import { listConsentImports } from '../consents/imports/list-consent-imports.ts'
import { releaseConsentImport } from '../consents/imports/release-consent-import.ts'
import { startConsentImport } from '../consents/imports/start-consent-import.ts'
import { listConsents } from '../consents/list-consents.ts'
import { lookAtConsents } from '../consents/look-at-consents.ts'
import { enterPaper } from '../consents/papers/enter-paper.ts'
import { listPapers } from '../consents/papers/list-papers.ts'
import { openScan } from '../consents/papers/open-scan.ts'
import { settlePaper } from '../consents/papers/settle-paper.ts'
import { beginText } from '../consents/texts/begin-text.ts'
import { beginTextSigning } from '../consents/texts/begin-text-signing.ts'
import { listTexts } from '../consents/texts/list-texts.ts'
import { loadText } from '../consents/texts/load-text.ts'
import { previewText } from '../consents/texts/preview-text.ts'
import { saveText } from '../consents/texts/save-text.ts'
import { stepText } from '../consents/texts/step-text.ts'
import { textSigningResult } from '../consents/texts/text-signing-result.ts'
import { withdrawConsent } from '../consents/withdraw-consent.ts'
import { AppError } from '../errors.ts'
import { startSignIn } from '../people/start-sign-in.ts'
import { setCookie } from './cookies.ts'
import { serveCsv } from './serve-csv.ts'
import { guard, serve, type Door } from './serve.ts'
import { browserCookieOf, browserCookieSeconds } from './sign-in.ts'

/** What doctors said, the texts they were asked with, and consents on paper. */
export function mountConsents(door: Door): void {
  const { deps } = door
  serve(door, consents.listConsents, (me, asked) => listConsents(deps, me, asked))
  serve(door, consents.exportConsents, (me, asked) => exportConsents(deps, me, asked))
  serve(door, consents.lookAtConsents, (me, asked) => lookAtConsents(deps, me, asked.accountId))
  serve(door, consents.withdrawConsent, (me, asked) => withdrawConsent(deps, me, asked))
  serve(door, consents.findDoctors, (_, asked) => findDoctors(deps, asked))
  mountTexts(door)
  serve(door, consents.listPapers, (me, asked) => listPapers(deps, me, asked))
  serve(door, consents.enterPaper, (me, asked) => enterPaper(deps, me, asked))
  serve(door, consents.settlePaper, (me, asked) => settlePaper(deps, me, asked))
  mountScans(door)
  mountConsentImports(door)
}

function mountConsentImports(door: Door): void {
  const { deps } = door
  serve(door, consents.listConsentImports, (me, asked) => listConsentImports(deps, me, asked))
  serve(door, consents.startConsentImport, (me, asked) => startConsentImport(deps, me, asked))
  serve(door, consents.releaseConsentImport, (me, asked) => releaseConsentImport(deps, me, asked))
  serveCsv(door, '/api/console/consents/imports/template.csv', async (_, { language }) => ({
    ...{ name: 'consents', text: consentTemplate(language) },
  }))
  serveCsv(door, '/api/console/consents/imports/:importId/errors.csv', async (_, { language, params }) => ({
    ...{ name: 'errors', text: await consentImportErrors(deps, { importId: params['importId'] ?? '', language }) },
  }))
}

function mountTexts(door: Door): void {
  const { deps } = door
  serve(door, consents.listTexts, (me) => listTexts(deps, me))
  serve(door, consents.loadText, (me, asked) => loadText(deps, me, asked.version))
  serve(door, consents.beginText, (me, asked) => beginText(deps, me, asked))
  serve(door, consents.saveText, (me, asked) => saveText(deps, me, asked))
  serve(door, consents.stepText, (me, asked) => stepText(deps, me, asked))
  serve(door, consents.previewText, (me, asked) => previewText(deps, me, asked))
  serve(door, consents.textSigningResult, (me, asked) => textSigningResult(deps, me, asked.signingId))
  serve(door, consents.beginTextSigning, async (me, asked, ctx) => {
    const begun = await beginTextSigning(deps, me, asked)
    if (begun.outcome === 'refused') return begun
    const { signingId } = begun
    const next = `/console/consents/texts/${asked.version}?signing=${signingId}`
    const { redirectTo, browserToken } = await startSignIn(deps, { face: 'console', next, signingId })
    setCookie(ctx, browserCookieOf('console'), browserToken, browserCookieSeconds)
    return { ...begun, redirectTo }
  })
}

/** A scan is shown as it is and can do nothing: no script, no frame of ours, no guess at its type. */
function mountScans({ router, deps, sessions }: Door): void {
  const path = '/api/console/consents/papers/:paperId/scan'
  const enter = guard({ deps, sessions }, 'console', { method: 'GET', path })
  router.get(path, async (ctx) => {
    const me = await enter(ctx)
    const { paperId = '' } = ctx.params
    if (!/^[\w-]{1,40}$/.test(paperId)) throw new AppError('content_not_found')
    const scan = await openScan(deps, me, paperId)
    ctx.set('Cache-Control', 'private, no-store')
    ctx.set('Content-Security-Policy', "default-src 'none'; sandbox")
    ctx.set('Content-Disposition', 'inline')
    ctx.type = scan.mime
    ctx.length = scan.bytes
    ctx.body = scan.stream
  })
}
