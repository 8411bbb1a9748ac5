import { contentEndpoints as content, searchEndpoints } from '@vouch/contract'
import { beginSigning } from '../content/life/begin-signing.ts'
import { correctPageText } from '../content/life/correct-page-text.ts'
import { createDraft } from '../content/life/create-draft.ts'
import { findChoices } from '../content/life/content-detail-queries.ts'
import { diffVersions } from '../content/life/diff-versions.ts'
import { editDraft } from '../content/life/edit-draft.ts'
import { expireContent } from '../content/life/expire-content.ts'
import { exportContent } from '../content/export-content.ts'
import { listContent } from '../content/list-content.ts'
import { loadContent } from '../content/life/load-content.ts'
import { newVersion } from '../content/life/new-version.ts'
import { previewRenewal } from '../content/life/renew-content.ts'
import { signingResult } from '../content/life/signing-result.ts'
import { submitContent } from '../content/life/submit-content.ts'
import { takeBack } from '../content/life/take-back.ts'
import { startSignIn } from '../people/start-sign-in.ts'
import { setCookie } from './cookies.ts'
import { browserCookieOf, browserCookieSeconds } from './sign-in.ts'
import { serve, type Door } from './serve.ts'

/** The life of a piece: drafts, review, signatures, versions. */
export function mountContent(door: Door): void {
  const { deps } = door
  serve(door, searchEndpoints.listContent, (me, asked) => listContent(deps, me, asked))
  serve(door, searchEndpoints.exportContent, (me, asked) => exportContent(deps, me, asked))
  serve(door, content.contentChoices, () => findChoices(deps.db))
  serve(door, content.createDraft, (me, asked) => createDraft(deps, me, asked))
  serve(door, content.editDraft, (me, asked) => editDraft(deps, me, asked))
  serve(door, content.correctPageText, (me, asked) => correctPageText(deps, me, asked))
  serve(door, content.submitContent, (me, asked) => submitContent(deps, me, asked))
  serve(door, content.takeBack, (me, asked) => takeBack(deps, me, asked))
  serve(door, content.loadContent, (me, asked) => loadContent(deps, me, asked.contentItemId))
  serve(door, content.diffVersions, (_, asked) => diffVersions(deps, asked))
  serve(door, content.newVersion, (me, asked) => newVersion(deps, me, asked))
  serve(door, content.expireContent, (me, asked) => expireContent(deps, me, asked))
  mountSigning(door)
}

/** A signature is begun here and ends where the login made for it comes back (sign-in.ts). */
function mountSigning(door: Door): void {
  const { deps } = door
  serve(door, content.previewRenewal, (me, asked) => previewRenewal(deps, me, asked))
  serve(door, content.signingResult, (me, asked) => signingResult(deps, me, asked.signingId))
  serve(door, content.beginSigning, async (me, asked, ctx) => {
    const begun = await beginSigning(deps, me, asked)
    if (begun.outcome === 'refused') return begun
    const { signingId } = begun
    const next = `/console/content/${asked.contentItemId}?signing=${signingId}`
    const { redirectTo, browserToken } = await startSignIn(deps, { face: 'console', next, signingId })
    setCookie(ctx, browserCookieOf('console'), browserToken, browserCookieSeconds)
    return { ...begun, redirectTo }
  })
}
