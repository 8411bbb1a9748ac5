import type { ProofText } from './proof.zh.ts'

/** Proving again who one is, in English. */
export const proof: ProofText = {
  title: 'Confirm it is you',
  means: {
    export:
      'An export takes personal data out of the system. You signed in or confirmed more than 10 minutes ago, so please confirm with WeCom again.',
    step: 'This step matters and cannot be taken back. You signed in or confirmed more than 10 minutes ago, so please confirm with WeCom again.',
  },
  kept: 'WeCom opens in a new window. Come back here afterwards and your step goes on by itself. If you cancel, nothing is done and everything you typed stays.',
  byWecom: 'Confirm with WeCom (new window)',
  waiting: 'Waiting for WeCom. You can close the other window once you have confirmed.',
  refused: (why) =>
    why === 'other_person'
      ? 'Not confirmed: somebody else signed in. Use your own account.'
      : why === 'too_late'
        ? 'Not confirmed: more than 5 minutes went by. Please confirm again.'
        : 'Not confirmed: it did not come from this session. Please confirm again.',
  over: 'Nobody confirmed within 5 minutes. Please confirm again.',
  again: 'Confirm again',
  cancel: 'Cancel',
}
