import { randomUUID } from 'node:crypto'
import { consentEndpoints, type AskedInput, type ConsentTextDetail, type TextPreview } from '@vouch/contract'
import type { ConsentPurpose } from '@vouch/rules'
import { comeBack, type Colleague } from './office.ts'
import { call, type Answer, type TestServer } from './test-server.ts'

type Words = Omit<Partial<AskedInput<typeof consentEndpoints.saveText>>, 'version' | 'revision'>

export const words = {
  ...{ material: true, changeNote: '写明保存期限' },
  ...{ titleZh: '接收医学资料的同意说明', summaryZh: '用到姓名\n用来发资料', bodyZh: '## 谁\n示例药业。' },
  ...{
    titleEn: 'Consent to receive',
    summaryEn: 'We use your name\nTo send material',
    bodyEn: '## Who\nExample Pharma.',
  },
} satisfies Words

/** A draft with its words saved; returns its version and revision. */
export async function buildTextDraft(
  server: TestServer,
  author: Colleague,
  purpose: ConsentPurpose = 'receive',
  given: Words = {},
) {
  const begun = await call(server, author.cookie, consentEndpoints.beginText, { requestId: randomUUID(), purpose })
  const { version } = begun.body as { version: number }
  const saved = await call(server, author.cookie, consentEndpoints.saveText, {
    version,
    revision: 1,
    ...words,
    ...given,
  })
  return { version, revision: saved.body.revision as number }
}

/** A version in review. */
export async function buildTextInReview(
  server: TestServer,
  author: Colleague,
  purpose: ConsentPurpose = 'receive',
  given: Words = {},
): Promise<number> {
  const draft = await buildTextDraft(server, author, purpose, given)
  await call(server, author.cookie, consentEndpoints.stepText, { ...draft, action: 'submit' })
  return draft.version
}

export async function previewOf(
  server: TestServer,
  who: Colleague,
  version: number,
  activeFrom: string | null = null,
): Promise<TextPreview> {
  return (await call(server, who.cookie, consentEndpoints.previewText, { version, activeFrom })).body as TextPreview
}

type Signing = Partial<AskedInput<typeof consentEndpoints.beginTextSigning>>

/** Begins a signature over what the version says now. */
export async function beginTextSigning(
  server: TestServer,
  who: Colleague,
  version: number,
  given: Signing = {},
): Promise<Answer> {
  const { statementHash } = await previewOf(server, who, version, given.activeFrom ?? null)
  return call(server, who.cookie, consentEndpoints.beginTextSigning, {
    ...{
      requestId: randomUUID(),
      version,
      decision: 'approve',
      statementHash,
      meaning: '文本合规，可以使用',
      ...given,
    },
  })
}

/** The whole of a signature; returns how it went. */
export async function signText(server: TestServer, who: Colleague, version: number, given: Signing = {}) {
  const begun = await beginTextSigning(server, who, version, given)
  if (begun.body.outcome !== 'begun') return begun.body.outcome as string
  await comeBack(server, begun, who)
  const { signingId } = begun.body as { signingId: string }
  return (await call(server, who.cookie, consentEndpoints.textSigningResult, { signingId })).body.outcome as string
}

export async function textOf(server: TestServer, who: Colleague, version: number): Promise<ConsentTextDetail> {
  return (await call(server, who.cookie, consentEndpoints.loadText, { version })).body as ConsentTextDetail
}
