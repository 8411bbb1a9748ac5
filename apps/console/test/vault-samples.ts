import type { Quarantined, VaultMappingWords, VaultStatus, VaultTrailEntry, VaultTrial } from '../src/api.ts'
import { noon } from './samples.ts'

const minutes = (many: number): Date => new Date(noon.getTime() + many * 60_000)

export const mappingSample: VaultMappingWords = {
  ...{ channelField: 'channel__c', channelValues: ['WeCom'], documentTypes: ['Promotional Piece'] },
  ...{ sendableStates: ['Approved for Distribution'], blockedStates: ['Withdrawn', 'Expired', 'Obsolete'] },
  ...{ titleField: 'title__v', cardTitleField: '', cardDescField: '', approvalNumberField: 'approval_code__c' },
  ...{ productField: 'product__v', products: ['00P000000000Z01=EXMAB', '00P000000000Z02=EXTIN'] },
  ...{ marketField: 'country__v', markets: ['00C000000000CN1=CN'] },
  ...{ languageField: 'language__v', languages: ['Chinese (Simplified)=zh-CN'] },
  ...{ classField: 'content_class__c', classes: ['Promotional=promotional', 'Scientific=scientific'] },
  ...{ audienceField: 'audience__c', audiences: ['Healthcare Provider=', 'Oncologist=oncology'] },
  ...{ effectiveField: 'approved_for_use_date__c', expiryField: 'expiration_date__c', expiryInclusive: false },
  ...{ withdrawalField: 'withdrawal_effective_date__c', rendition: 'viewable_rendition__v', protectedRendition: true },
  ...{ ways: ['news', 'file'], signatureMeanings: ['Medical approval=medical', 'Legal approval=legal'] },
  ...{ approvers: 2, signatureDays: null, brakePerMinute: 30 },
}

/** A connection in which all is well, looked at by a compliance officer, unless changed. */
export function buildStatus(change: Partial<VaultStatus> = {}): VaultStatus {
  return {
    ...{ connected: true, missing: [], host: 'zhunxin.veevavault.example', vaultId: 5102, problem: null },
    ...{ cycleAt: new Date(Date.now() - 40_000), nextAt: new Date(Date.now() + 20_000), running: false, asked: false },
    ...{ fullAt: minutes(-600), comparing: false, cursorAt: minutes(-7), oldestProofAt: minutes(-9) },
    allowance: { most: 2_000, left: 1_987, restsUntil: null },
    ...{ documents: 214, published: 186, held: 3, ended: 41, waiting: 0, quarantined: 12, brake: null },
    ...{ mapping: mappingSample, revision: 4, may: ['release', 'sync'] },
    ...change,
  }
}

export const braked = { at: minutes(-3), reason: '1000 in a minute, 30 allowed', waiting: 1_000 }

/** Other bytes under the same version, unless changed. */
export function buildQuarantined(change: Partial<Quarantined> = {}): Quarantined {
  return {
    ...{ vaultId: 4101, major: 1, minor: 0, reason: 'bytes_changed', since: minutes(-12), needsPerson: true },
    ...{ contentItemId: '01KAH2D8Y4S7C1F6G9J3K5M100', title: '示例单抗 作用机制 单页' },
    differences: [{ what: 'fileHash', expected: 'a'.repeat(64), found: 'b'.repeat(64) }],
    ...{ released: false, releasedBy: '', releasedReason: '' },
    ...change,
  }
}

const signature = { what: 'signature', expected: 'Medical approval', found: `周静 ${noon.toISOString()}` }

/** One of every reason. */
export const quarantineSamples: Quarantined[] = (
  [
    {},
    {
      ...{ reason: 'fields_changed', title: '旧标题' },
      differences: [
        { what: 'title', expected: '旧标题', found: '新标题' },
        { what: 'expiresAt', expected: '2027-05-30T16:00:00.000Z', found: '2028-05-30T16:00:00.000Z' },
      ],
    },
    { reason: 'lower_version', differences: [{ what: 'version', expected: '3.0', found: '2.0' }] },
    {
      ...{ reason: 'ended_before', released: true, releasedBy: '许岚', releasedReason: '和 Vault 团队核对过' },
      differences: [{ what: 'lifeState', expected: 'withdrawn', found: 'Approved for Distribution' }],
    },
    { reason: 'expiry_missing', differences: [{ what: 'expiryField', expected: 'expiration_date__c', found: '' }] },
    {
      reason: 'approval_expired',
      differences: [{ what: 'expiresAfter', expected: noon.toISOString(), found: '2026-01-30T16:00:00.000Z' }],
    },
    { reason: 'not_mapped', differences: [{ what: 'mapping', expected: '', found: 'product__v 00P000000000Z77' }] },
    { reason: 'approvers_missing', differences: [{ what: 'approvers', expected: '2', found: '0' }] },
    { reason: 'one_approver_only', differences: [{ what: 'approvers', expected: '2', found: '1' }, signature] },
    { reason: 'same_approver_twice', differences: [signature, signature] },
    { reason: 'signature_too_old', differences: [{ what: 'signatureDays', expected: '365', found: '' }, signature] },
    { reason: 'card_not_fit', differences: [{ what: 'card:title_hidden_signs', expected: '', found: '隐藏字符' }] },
    { reason: 'file_not_usable', differences: [{ what: 'fileProblem', expected: '', found: 'active_content' }] },
  ] satisfies Partial<Quarantined>[]
).map((change, place) => {
  const person = ['bytes_changed', 'fields_changed', 'lower_version', 'ended_before'].includes(
    change.reason ?? 'bytes_changed',
  )
  const published = person ? {} : { contentItemId: null, title: `示例资料 ${place + 1}` }
  return buildQuarantined({
    vaultId: 4_101 + place,
    since: minutes(-12 - place),
    needsPerson: person,
    ...published,
    ...change,
  })
})

export const trialSample: VaultTrial = {
  ...{ outcome: 'done', looked: 61 },
  rows: [
    {
      ...{ vaultId: 4101, version: '1.0', title: '示例单抗 作用机制 单页', stateLabel: 'Approved for Distribution' },
      ...{ verdict: 'publish', reason: '', about: '', signaturesSeen: true },
    },
    {
      ...{ vaultId: 4102, version: '2.0', title: '示例替尼 用药提示卡', stateLabel: 'Approved for Distribution' },
      ...{ verdict: 'quarantine', reason: 'not_mapped', about: 'product__v 00P000000000Z77', signaturesSeen: false },
    },
    {
      ...{ vaultId: 4103, version: '0.2', title: '草稿', stateLabel: 'Draft' },
      ...{ verdict: 'not_taken', reason: 'no_approved_version', about: '', signaturesSeen: false },
    },
  ],
  values: [
    { setting: 'products', values: ['00P000000000Z01', '00P000000000Z77'] },
    { setting: 'channelValues', values: ['WeCom', 'Email'] },
    { setting: 'signatureMeanings', values: ['Medical approval', 'Legal approval', 'QC'] },
  ],
}

export const trailSample: VaultTrailEntry[] = [
  {
    ...{ id: 'e3', at: minutes(-30), actor: '沈航', event: 'vault.mapping_changed', reason: '新增一个产品' },
    changes: [
      { what: 'products', expected: '00P000000000Z01=EXMAB', found: '00P000000000Z01=EXMAB\n00P000000000Z02=EXTIN' },
      { what: 'approvers', expected: '1', found: '2' },
    ],
  },
  { ...{ id: 'e2', at: minutes(-600), actor: 'system', event: 'vault.synced', reason: '' }, changes: [] },
  {
    ...{ id: 'e1', at: minutes(-900), actor: '沈航', event: 'vault.mapping_changed', reason: '第一次连接' },
    changes: [],
  },
]

export const fieldsSample = ['approval_code__c', 'channel__c', 'expiration_date__c', 'product__v', 'title__v']
