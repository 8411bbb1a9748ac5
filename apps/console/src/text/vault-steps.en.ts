import { dayAndClock } from './format.ts'
import type { vaultSteps as zhSteps } from './vault-steps.zh.ts'

const uploadProblems: Record<string, string> = {
  other_bytes: 'What arrived is not the file that was chosen. Choose it again.',
  part_lost: 'A part was lost. Choose the same file again; only that part is sent.',
  not_kept: 'The store holds something else under this name. An administrator has to look.',
}

export const vaultSteps: typeof zhSteps = {
  upload: {
    choose: 'Choose a file',
    other: 'Choose another file',
    drop: 'or drop it here',
    reading: 'Reading the file',
    sending: (percent: number) => `Uploading ${percent}%`,
    pause: 'Pause',
    resume: 'Resume',
    paused: (percent: number) => `Paused at ${percent}%`,
    waiting: (percent: number) => `Offline at ${percent}%; goes on by itself`,
    checking: 'Sent; being checked',
    stored: (name: string) => `Stored: ${name}`,
    refused: 'The file was not taken. ',
    problem: (code: string) => uploadProblems[code] ?? '',
    progress: 'Upload progress',
    failed: 'The upload did not finish',
  },
  sign: {
    title: { approve: 'Sign to approve', return: 'Send back to the author', renew: 'Sign to extend' },
    step: 'Signing as',
    exactly: 'This is exactly what you sign',
    hash: 'SHA-256 of this',
    verified: 'Checked on this computer: it is the number of the text above',
    mismatch: 'The number does not belong to the text; it cannot be signed. Open this page again',
    statement: 'The text that is signed',
    meaning: 'What the signature means',
    meanings: {
      medical: 'Medically accurate and balanced; references checked',
      legal: 'In line with the law and the approved label',
      compliance: 'In line with company rules; may go to doctors who consented',
    },
    returnMeaning: 'Looked at this version and sent it back for changes',
    renewMeaning: 'Reviewed again; may be used until the new last day',
    go: 'Confirm in WeCom and sign',
    goReturn: 'Confirm in WeCom and send back',
    note: 'Confirm with your own WeCom within 5 minutes. One confirmation signs this one piece.',
    until: 'New last day',
    begun: (steps) => `Signed for this day: ${steps}. For another day all sign again`,
    none: 'none',
    result: {
      waiting: 'Still waiting for WeCom',
      signed: 'Signed',
      returned: 'Sent back',
      renewed: 'Signed to extend',
      refused: 'Not signed: ',
      over: 'Not confirmed within 5 minutes, so nothing was signed. You can sign again',
    },
  },
  withdraw: {
    title: 'Withdraw',
    effect: 'What it reaches',
    count: {
      reps: 'reps sent it',
      repsToTell: 'reps will be told',
      doctors: 'doctors received it',
      readers: 'doctors opened it or hold a copy',
      liveLinks: 'links will say “withdrawn”',
      filesOut: 'files out that cannot be recalled',
      textsOut: 'texts out that cannot be recalled',
    },
    inFlight: 'On their way right now',
    inFlightMeans: 'These were allowed moments ago and may still go out; withdrawing cannot stop them:',
    inFlightLine: (rep: string, doctor: string, until: Date) =>
      `${rep} → ${doctor || 'not matched'} · until ${dayAndClock(until)}`,
    noInFlight: 'Nothing is on its way',
    reason: 'Reason (shown to doctors)',
    successor: 'In its place',
    noSuccessor: 'Nothing in its place',
    press: 'Withdraw now',
    done: (reps: number, at: Date) =>
      `Withdrawn at ${dayAndClock(at)}; ${reps} ${reps === 1 ? 'rep is' : 'reps are'} being told`,
    again: 'No sign-in is asked for. It cannot be undone; only a new version can follow.',
  },
}
