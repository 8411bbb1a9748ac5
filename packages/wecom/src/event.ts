/** A callback after decryption (wecom-platform.md 3.9). Fields that are absent are empty; unknown ones are ignored. */
export type WeComEvent = RelationEvent | MemberEvent | OtherEvent

type Told = {
  /** When WeCom says it happened; seconds precision. */
  occurredAt: Date
}

export const relationChanges = [
  'add_external_contact',
  'add_half_external_contact',
  'edit_external_contact',
  'del_external_contact',
  'del_follow_user',
  'transfer_fail',
  'msg_audit_approved',
] as const
export type RelationChange = (typeof relationChanges)[number]

/** Something between a member and a customer. `del_external_contact`: the member deleted; `del_follow_user`: the customer. */
export type RelationEvent = Told & {
  event: 'change_external_contact'
  changeType: RelationChange
  userId: string
  externalUserId: string
  state: string
  welcomeCode: string
  /** `DELETE_BY_TRANSFER` when a hand-over ended the relation. */
  source: string
  failReason: string
}

export const memberChanges = ['create_user', 'update_user', 'delete_user'] as const
export type MemberChange = (typeof memberChanges)[number]

export type MemberEvent = Told & {
  event: 'change_contact'
  changeType: MemberChange
  userId: string
  /** Set when the member was renamed. */
  newUserId: string
}

/** Any other event or message: named as WeCom names it, without effect for us. `about` is the group chat or tag. */
export type OtherEvent = Told & { event: 'other'; name: string; changeType: string; about: string }
