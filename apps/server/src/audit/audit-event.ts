/** Everything the audit trail can hold. Ids only: names and wording are found through them (style.md, Audit trail). */
export type AuditEvent = {
  subjectId: string
  accountId?: string | null
  reason?: string
  detail?: Record<string, unknown>
  /** What changed, as it was and as it is; kept in the detail. */
  before?: unknown
  after?: unknown
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
    | 'content.drafted'
    | 'content.edited'
    | 'content.text_corrected'
    | 'content.submitted'
    | 'content.taken_back'
    | 'content.signed'
    | 'content.returned'
    | 'content.approved'
    | 'content.version_started'
    | 'content.effect_viewed'
    | 'content.withdrawn'
    | 'content.expiring'
    | 'content.expired'
    | 'content.renewed'
    | 'content.superseded'
    | 'content.step_refused'
    | 'content.viewed'
    | 'content.readers_viewed'
    | 'content.notice_asked'
    | 'content.drawn'
    | 'content.draw_failed'
    | 'content.quarantined'
    | 'content.quarantine_released'
    | 'file.stored'
    | 'file.refused'
    | 'import.planned'
    | 'import.done'
    | 'notice.sent'
    | 'notice.failed'
    | 'vault.synced'
    | 'vault.braked'
    | 'vault.brake_released'
    | 'vault.mapping_changed'
    | 'world.loaded'
}
