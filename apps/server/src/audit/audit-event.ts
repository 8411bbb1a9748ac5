/** Everything the audit trail can hold. Ids only: names and wording are found through them (style.md, Audit trail). */
export type AuditEvent = {
  subjectId: string
  accountId?: string | null
  reason?: string
  detail?: Record<string, unknown>
} & {
  event:
    | 'send.authorised'
    | 'send.refused'
    | 'send.attested'
    | 'link.revoked'
    | 'link.opened_by_other'
    | 'content.asked_for'
    | 'contact.matched'
    | 'account.requested'
    | 'rep.signed_in'
    | 'rep.sign_in_refused'
    | 'rep.signed_out'
    | 'rep.left'
    | 'rep.renamed'
    | 'console.signed_in'
    | 'console.signed_out'
    | 'contact.followed'
    | 'contact.follow_ended'
    | 'sends.viewed'
    | 'world.loaded'
}
