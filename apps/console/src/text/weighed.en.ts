import type { weighed as zh } from './weighed.zh.ts'

/** What a decision saw, by where it stands in what was kept of it, in English. */
export const weighed: typeof zh = {
  names: {
    ...{ 'rep.active': 'Rep is with the company', 'rep.employmentProvedAt': 'Employment last confirmed' },
    ...{ 'rep.filingNumber': 'Filing number of the rep', 'rep.filedUntil': 'Filing of the rep ends' },
    ...{ 'contact.followed': 'Contact belongs to the rep', 'contact.provedAt': 'Contact last confirmed' },
    ...{ 'contact.group': 'Opened in a group chat', 'contact.matchWaits': 'Match waits for compliance' },
    ...{ account: 'Doctor', 'account.hcpVerified': 'Doctor is verified', 'account.active': 'Doctor is active' },
    ...{
      'account.territory': 'Territory of the doctor',
      'account.wishes.unwanted': 'Products the doctor does not want',
    },
    'account.wishes.mostPerMonth': 'Limit a month of the doctor',
    'account.wishes.quietHours': 'Quiet hours of the doctor',
    'account.wishes.quietHours.quietFrom': 'Quiet hours of the doctor from',
    'account.wishes.quietHours.quietUntil': 'Quiet hours of the doctor until',
    ...{
      'consent.textVersion': 'Consent text of then',
      'consent.oldestValidVersion': 'Oldest text that still counted',
    },
    ...{ 'consent.newest': 'Newest word of the doctor', 'consent.newest.purpose': 'Newest word of the doctor, about' },
    ...{ 'consent.newest.statement': 'Newest word of the doctor', 'consent.newest.textVersion': 'Text of that word' },
    'consent.newest.statedAt': 'Time of that word',
    ...{ 'content.state': 'State of the piece', 'content.class': 'Class of the piece' },
    ...{ 'content.bytesMatch': 'File is the approved one', 'content.effectiveAt': 'Piece takes effect' },
    ...{ 'content.expiresAt': 'Piece expires', 'content.provedAt': 'Version last confirmed by the vault' },
    ...{ earlierSends: 'Earlier sends to the doctor', again: 'Rep sent it again all the same' },
    welcome: 'Is a welcome',
    ...{ refusals: 'Why it was blocked', 'refusals.reason': 'Why it was blocked', 'refusals.about': 'About' },
    ...{ 'refusals.since': 'Since', 'refusals.until': 'Until', 'refusals.count': 'Count', 'refusals.limit': 'Limit' },
  },
  none: 'none',
  yes: 'yes',
  no: 'no',
}
