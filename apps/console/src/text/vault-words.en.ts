import type { VaultWords } from './vault-words.zh.ts'

const stays = 'Links already sent show what was approved.'

const quarantined: VaultWords['quarantined'] = {
  lower_version: {
    word: 'Lower version',
    means:
      'A higher version was published here, and Vault now says a lower one is in force. The newer one was not replaced by the older.',
    help: 'Ask the Vault owner: to stop the newer version, withdraw it in Vault; to use the older words, approve a higher version. Then release it to be checked again.',
  },
  ended_before: {
    word: 'Ended here, approved again there',
    means: 'This version was withdrawn, expired or replaced here. What has ended does not come back.',
    help: 'To use it again, approve a new version in Vault. Otherwise nothing needs to be done.',
  },
  bytes_changed: {
    word: 'Other file, same version',
    means: `The version number is the same, the file is not the one that was approved. It can no longer be sent. ${stays}`,
    help: 'Ask the Vault owner who replaced the file. Put the original back and release it to be checked again, or approve a new version with the new file.',
  },
  fields_changed: {
    word: 'Other words, same version',
    means: `The version number is the same, but title, expiry or the like differ from what was approved. It can no longer be sent. ${stays}`,
    help: 'Look at what differs below. If you agree, release it: signatures and file are checked again, then it is published as it is now. If not, change it back in Vault.',
  },
  expiry_missing: {
    word: 'No expiry date',
    means: 'Nothing is sent without an expiry date.',
    help: 'Set the expiry date in Vault; the next check looks again by itself.',
  },
  approval_expired: {
    word: 'Approval has expired',
    means: 'Vault calls it approved, but its expiry date has passed.',
    help: 'Extend the date in Vault or approve a new version; the next check looks again by itself.',
  },
  not_mapped: {
    word: 'Value without a match',
    means: 'A value in Vault is not matched to anything here, so it was not published.',
    help: 'Ask a system administrator to add the value to the field mapping, or correct it in Vault.',
  },
  approvers_missing: {
    word: 'No approval signatures',
    means: 'Vault’s record shows no approval signature for this version.',
    help: 'Ask the Vault owner for the signatures. The meaning of a signature that is not in the field mapping does not count either.',
  },
  one_approver_only: {
    word: 'Too few approvers',
    means: 'Fewer people signed than are asked for.',
    help: 'Ask the Vault owner for the missing signatures; the next check looks again by itself.',
  },
  same_approver_twice: {
    word: 'One person signed twice',
    means: 'There are enough signatures, but from the same person.',
    help: 'Have another approver sign in Vault; the next check looks again by itself.',
  },
  signature_too_old: {
    word: 'Signatures too old',
    means: 'The approval signatures are older than the number of days they count.',
    help: 'Approve it again in Vault; the next check looks again by itself.',
  },
  card_not_fit: {
    word: 'Card words do not fit',
    means: 'The words on the card are too long, missing, or hold invisible characters.',
    help: 'Correct the title or card text in Vault; the next check looks again by itself.',
  },
  file_not_usable: {
    word: 'File cannot be shown',
    means: 'The file is of a format or has contents that cannot be shown on a doctor’s phone.',
    help: 'Replace the file in Vault and approve a new version.',
  },
  braked: {
    word: 'Stopped, waiting for release',
    means: 'Too much came to be published within a minute, so it waits for a person.',
    help: 'Compare the number with the Vault owner, then release it above.',
  },
}

const held: VaultWords['held'] = {
  no_approved_version: {
    word: 'No approved version in Vault',
    means: `Only drafts are left in Vault. It can no longer be sent. ${stays}`,
    help: 'Comes back by itself when a version is approved in Vault.',
  },
  state_not_sendable: {
    word: 'Its state in Vault may not be sent',
    means: `Its state in Vault is not one of those that may be sent. It can no longer be sent. ${stays}`,
    help: 'Comes back by itself when it is approved in Vault again. If the state should be allowed, ask a system administrator to add it to the field mapping.',
  },
  newest_not_usable: {
    word: 'The newest version in Vault has ended',
    means: 'A newer version was withdrawn, expired or made obsolete in Vault, and this one ended with it.',
    help: 'To use it again, approve a new version in Vault.',
  },
  is_binder: {
    word: 'It is a binder in Vault now',
    means: `A binder cannot be sent as one piece. It can no longer be sent. ${stays}`,
    help: 'Approve the single documents in Vault.',
  },
  is_crosslink: {
    word: 'It is a crosslink in Vault now',
    means: `A crosslink points to a file elsewhere and cannot be sent. It can no longer be sent. ${stays}`,
    help: 'Approve a version with the original file in Vault.',
  },
  not_for_channel: {
    word: 'No longer flagged for WeCom in Vault',
    means: `The flag for WeCom was taken off. It can no longer be sent. ${stays}`,
    help: 'Comes back by itself when the flag is set in Vault again.',
  },
  withdrawal_date_reached: {
    word: 'Vault’s withdrawal date has come',
    means: 'The withdrawal date has come, so it was withdrawn here.',
    help: 'To use it again, approve a new version in Vault.',
  },
  vault_expired: {
    word: 'Expired in Vault',
    means: 'Its expiry date has come, so it expired here.',
    help: 'To use it again, approve a new version in Vault.',
  },
  not_in_vault: {
    word: 'Not found in Vault',
    means: `The document is gone, or the interface account may not see it. It can no longer be sent. ${stays}`,
    help: 'Ask the Vault owner to check the account’s permissions. It comes back by itself once it can be seen.',
  },
  newer_in_vault: {
    word: 'Vault has a newer version',
    means: `The newer version is not published here yet, and the older one waits. ${stays}`,
    help: 'The newer one takes over by itself, usually within minutes. If it is in quarantine, deal with that first.',
  },
  deleted_in_vault: {
    word: 'Deleted in Vault',
    means: 'The document was deleted in Vault, so it was withdrawn here.',
    help: 'To use it again, create and approve it in Vault anew.',
  },
}

const problems: VaultWords['problems'] = {
  unreachable: {
    word: 'Veeva Vault cannot be reached',
    means: 'The network is down or Vault does not answer. It is tried again every minute.',
    help: 'Check address, network and firewall. During a Vault upgrade it comes back by itself.',
  },
  rate_limited: {
    word: 'Veeva Vault asks us to wait',
    means: 'The API allowance is nearly used up, or Vault is busy. It goes on by itself.',
    help: 'Nothing to do. If it happens often, ask the Vault owner to look at the API usage.',
  },
  configuring: {
    word: 'Veeva Vault is being configured',
    means: 'Vault is in configuration mode. It is tried again in a few minutes.',
    help: 'Nothing to do. If it lasts, ask the Vault owner.',
  },
  refused: {
    word: 'Veeva Vault refused the request',
    means: 'This check was not finished. It is tried again every minute.',
    help: 'Most likely the account’s permissions or the fields changed. Ask the Vault owner, then look at the field mapping.',
  },
  sign_in_stopped: {
    word: 'Cannot sign in to Veeva Vault; no more attempts',
    means: 'Repeated attempts would lock the account, so a person has to look.',
    help: 'Unlock the account in Vault, or set VAULT_USER and VAULT_PASSWORD anew and restart the service. Then press “Check now”.',
  },
  other_vault: {
    word: 'Signed in to another vault',
    means: 'The account was given a vault other than the one the mapping belongs to. Nothing was read.',
    help: 'Check VAULT_URL and the account’s permissions. One installation cannot change to another vault. Then press “Check now”.',
  },
  unexpected_answer: {
    word: 'Veeva Vault’s answer makes no sense',
    means: 'The answer is not as documented, so this check was not finished. It is tried again every minute.',
    help: 'Check VAULT_API_VERSION, and whether a proxy in between changes what passes.',
  },
}

const types: VaultWords['types'] = {
  USERNAME_OR_PASSWORD_INCORRECT: 'wrong user name or password',
  NO_PASSWORD_PROVIDED: 'no password given',
  USER_LOCKED_OUT: 'account locked',
  PASSWORD_CHANGE_REQUIRED: 'password must be changed',
  INACTIVE_USER: 'account inactive',
  API_LIMIT_EXCEEDED: 'allowance used up',
  INSUFFICIENT_ACCESS: 'missing permission',
  ENOTFOUND: 'no such address',
  ECONNREFUSED: 'connection refused',
  ETIMEDOUT: 'no answer in time',
}

const mapping: VaultWords['mapping'] = {
  not_in_vault: 'Vault has no such field, or the account cannot see it',
  unknown_value: 'A value on the right does not exist here',
  also_sendable: 'A state cannot be both sendable and ended',
  not_connected: 'Veeva Vault is not connected',
  bad_shape: 'Missing, or not of the right form',
}

export const vaultWords: VaultWords = { quarantined, held, problems, types, mapping }
