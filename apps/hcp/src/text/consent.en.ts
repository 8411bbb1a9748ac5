import type { Words } from './words.ts'
import type { consent as zh } from './consent.zh.ts'

/** The same in English. */
export const consent: Words<typeof zh> = {
  purpose: {
    receive: 'Receive medical material',
    reading_record: 'Record what I read',
    archive: 'Keep my chats with the representative',
  },
  state: {
    never: 'Not decided yet',
    invited: 'Waiting for you',
    opted_in: 'Agreed',
    declined: 'Not for now',
    withdrawn: 'Withdrawn',
    outdated: 'The text has changed, please confirm again',
    expired: 'Consent has run out',
  },
  version: (version) => `Text v${version}`,

  ask: {
    heading: (name) => (name ? `Hello, Dr ${name}` : 'Hello, doctor'),
    who: (sender, company) =>
      sender
        ? `${sender}, medical representative at ${company}, would like to send you medical material by WeChat and asks you first.`
        : `${company} would like to send you medical material by WeChat and asks you first.`,
    full: (minutes) => (minutes === 1 ? 'Full text · about 1 minute' : `Full text · about ${minutes} minutes`),
    fullOf: (purpose) => `${purpose}: full text`,
    boxes: 'Choose each by itself',
    optional: 'optional',
    agree: 'Agree',
    decline: 'Not for now',
    identity:
      'After your tap WeChat checks your identifier only. Nothing to sign in to; chats, picture and contacts are not read.',
    free: (sender) =>
      `Saying no does not affect your chats with ${sender ?? 'the representative'}. You can withdraw at the bottom of any page, in two taps.`,
    missing: 'Nothing was recorded yet. To receive material, tick “Receive medical material” first, then tap “Agree”.',
    replaced:
      'The text has just been replaced, so your choice was not recorded yet. See what changed and tap once more; what you ticked is still there.',
    changes: 'What changed',
    added: 'Added',
    removed: 'Removed',
  },

  record: {
    opted_in: 'Recorded: you agreed to receive medical material',
    declined: 'Recorded: not for now',
    withdrawn: 'You withdrew consent',
    line: (state, at) => (at ? `${state} · ${at}` : state),
    forWhom: (company, sender) =>
      sender
        ? `Kept by ${company}; ${sender} can see your decision.`
        : `Kept by ${company}; the representative can see your decision.`,
    notAsked: (date) => `You will not be asked again before ${date}.`,
    howWithdraw: 'To withdraw: tap “Withdraw consent” at the bottom of any page and confirm once.',
    waiting: 'Something is waiting for you',
    change: 'Change my decision',
    again: 'See the text again',
    back: 'You can close this page and go back to the chat.',
  },

  withdrawn: {
    heading: 'Consent withdrawn',
    nothing: 'There is no consent to withdraw',
    nothingExplain: 'No consent of yours is in force, so the company sends you no medical material this way.',
    at: (at) => `In force since ${at}.`,
    stops: {
      receive: 'You are sent no more medical material, and links already sent show nothing any more.',
      reading_record: 'Which pages you read, and for how long, is not recorded any more.',
      archive: 'Later chats with the representative are not kept any more.',
    },
    stays:
      'Records of earlier sends and consents are kept as the law asks, and are not used to contact you. Your chats with the representative are not affected.',
    undo: 'Tapped by mistake? Agree again',
  },
}
