/** What lies in the company's Veeva Vault, in the vault's own words. Bytes are drawn by the simulator. */
export type VaultPiece = { fields: Record<string, unknown>; lines: string[]; draftOnTop?: boolean }

const product = { EXMAB: '00P000000000Z01', EXTIN: '00P000000000Z02', EXAIR: '00P000000000Z03' }

/** Days of expiry stand at the end of the next year, so that a document does not change from one day to the next. */
export function vaultPieces(nowMs: number): VaultPiece[] {
  const expiration_date__c = `${new Date(nowMs).getUTCFullYear() + 1}-12-31`
  const usual = { expiration_date__c, type__v: 'Promotional Piece', channel__c: ['WeCom'] }
  return [
    {
      fields: {
        ...{ ...usual, name__v: '示例单抗 作用机制 单页（Vault）', product__v: [product.EXMAB] },
        ...{ content_class__c: 'Scientific', audience__c: 'Healthcare Provider', approval_code__c: 'V-2026-0101' },
      },
      lines: ['EXEMPLIMAB', 'Mechanism of action, one page', 'Approved in the vault. Invented, as all here.'],
    },
    {
      fields: {
        ...{ ...usual, name__v: '示例替尼 用药提示卡（Vault）', product__v: [product.EXTIN] },
        ...{ content_class__c: 'Promotional', audience__c: 'Oncologist', approval_code__c: 'V-2026-0102' },
      },
      lines: ['EXEMPLITINIB', 'Dosing reminder card', 'A draft of the next version lies on top of this one.'],
      draftOnTop: true,
    },
    {
      fields: {
        ...{ ...usual, name__v: '示例舒 吸入步骤（仅邮件渠道）', product__v: [product.EXAIR], channel__c: ['Email'] },
        ...{ content_class__c: 'Promotional', audience__c: 'Healthcare Provider', approval_code__c: 'V-2026-0103' },
      },
      lines: ['EXEMPLAIR', 'How to inhale', 'Not flagged for WeCom: it never leaves the vault.'],
    },
  ]
}
