import type { LocalText } from './local.zh.ts'

/** Signing in without WeCom, in English. */
export const local: LocalText = {
  means:
    'For the first set-up and for emergencies only. The other administrators are told of each sign-in and each step.',
  name: 'Name',
  password: 'Password',
  code: 'One-time or recovery code',
  codeHint: 'The 6 digits in your authenticator app; each works once. If the phone is lost, use a recovery code.',
  press: 'Sign in',
  back: 'Back',
  wrong:
    'Name, password or code is wrong. You are not signed in. A code works once: if it was used, wait for the next.',
  tooMany: (minutes) =>
    `Too many wrong tries. Try again in ${minutes} min, or set up the login anew with the admin command on the server.`,
  passkey: {
    signIn: 'Sign in with a passkey instead of a code',
    prove: 'Confirm with a passkey',
    failed: {
      cancelled: 'No passkey was used: it was cancelled, or took too long. Try again, or type a code.',
      known: 'No passkey was used. Try again, or type a code.',
      unable: 'This browser or device cannot use a passkey. Type a code.',
    },
    wrong: 'Name, password or passkey is wrong. You are not signed in. You can also type a code.',
    refused: 'That passkey was not accepted. Try again, or type a code.',
  },
  passkeys: {
    title: 'Passkeys',
    means:
      'When you sign in or confirm who you are, a finger, a face or the PIN of a device replaces the one-time code. One-time and recovery codes still work. The other administrators are told when a passkey is added, removed or used.',
    none: 'No passkeys yet.',
    facts: (added, used) => `added ${added} · ${used ? `used ${used}` : 'not used yet'}`,
    name: 'Name of the new passkey',
    nameHint: 'Say which device it is, for instance: office computer.',
    add: 'Add a passkey',
    added: (name) => `“${name}” added. Next time it can replace the one-time code.`,
    notAdded: {
      cancelled: 'Not added: it was cancelled, or took too long. You can try again.',
      known: 'Not added: this device has a passkey of yours already.',
      unable: 'Not added: this browser or device cannot keep a passkey. One-time codes still work.',
      refused: 'Not added: the passkey did not pass the check, or too much time went by. You can try again.',
    },
    notHere: 'This browser has no passkeys. Sign in with another browser to add one.',
    remove: 'Remove',
    removeOne: (name) => `Remove the passkey “${name}”`,
    removeMeans:
      'Nobody can sign in with it afterwards. The copy on the device is to be deleted there. One-time codes still work.',
    removed: (name) => `“${name}” removed.`,
    keep: 'Keep it',
  },
  setUp: {
    page: 'Set up a local administrator',
    again: (name) => `Set up the sign-in of ${name} again`,
    role: (role) => `Role: ${role}`,
    ends: (clock) => `The link ends at ${clock} and works once.`,
    over: 'This link was used, has ended or is not complete. Run the admin command on the server again.',
    nameHint: 'You type it to sign in, and the audit trail shows it.',
    passwordHint: 'At least 12 characters; no common words, names, years or rows of keys.',
    app: 'Authenticator app',
    scan: 'Scan this with an authenticator app on your phone, such as Microsoft Authenticator, and type the 6 digits it shows.',
    byHand: 'To type it by hand:',
    picture: 'QR code for the authenticator app',
    code: '6-digit code',
    press: 'Finish',
    refused: {
      name_taken: 'Somebody has this name already. Choose another.',
      too_short: 'The password is too short: at least 12 characters.',
      too_easy: 'The password is easy to guess. Add a few words that do not belong together.',
      wrong_code: 'The code is wrong. Wait for the next, and check the clock of the phone.',
    },
    kept: 'Not set up. What you typed is still here:',
    done: 'Set up, and signed in',
    codesMean:
      'If the phone is lost, each of these recovery codes replaces a one-time code once. They are shown only now: print them or write them down, and keep them safe.',
    copy: 'Copy',
    copied: 'Copied',
    saved: 'I have put the recovery codes away',
    go: 'Go to the system check',
  },
  proof: {
    means: {
      export:
        'An export takes personal data out of the system. You last confirmed more than 10 minutes ago, so please type the code in your authenticator app.',
      step: 'This step matters and cannot be taken back. You last confirmed more than 10 minutes ago, so please type the code in your authenticator app.',
    },
    press: 'Confirm',
    wrong: 'The code is wrong or was used. Wait for the next one.',
  },
}
