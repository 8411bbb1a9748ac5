/** The columns of every list that lets them be chosen, in their order; what a row begins with is the first. */
export const columnsOf = {
  content: ['title', 'version', 'life', 'product', 'expiresAt', 'sends', 'openedRate', 'owner'],
  accounts: ['doctor', 'territory', 'verified', 'contacts', 'state'],
  consents: ['doctor', 'purpose', 'standing', 'version', 'channel', 'statedAt'],
  sends: ['at', 'rep', 'contact', 'hospital', 'piece', 'way', 'outcome', 'policy'],
  audit: ['at', 'actor', 'said', 'subject', 'doctor', 'reason'],
  people: ['name', 'roles', 'filing', 'proof', 'signedIn', 'reviewed'],
  safety: ['receipt', 'arrived', 'level', 'product', 'owner', 'acknowledge', 'authority'],
  requests: ['receipt', 'filed', 'kind', 'doctor', 'life'],
  readers: ['doctor', 'hospital', 'read', 'pages', 'sentBy', 'rep', 'notice'],
  quarantine: ['title', 'version', 'reason', 'since', 'act'],
  imports: ['at', 'list', 'kind', 'stage', 'new', 'new_version', 'changed', 'unchanged', 'failed'],
  codes: ['name', 'reps', 'life', 'came', 'welcomed', 'createdAt'],
  repairs: ['contact', 'rep', 'what', 'was', 'isNow', 'at'],
  sessions: ['person', 'face', 'device', 'way', 'signedIn', 'seen', 'act'],
  texts: ['version', 'title', 'life', 'material', 'activeFrom', 'people'],
  welcomes: ['contact', 'rep', 'code', 'life', 'took', 'at'],
  webhooks: ['name', 'url', 'life', 'waiting', 'failed', 'last'],
} as const
type ListName = keyof typeof columnsOf
export type ColumnOf<List extends ListName> = (typeof columnsOf)[List][number]
