import { consent } from './consent.en.ts'
import { own } from './own.en.ts'
import { safety } from './safety.en.ts'
import type { Text } from './zh-cn.ts'

const on = (date: string | null): string => (date ? ` on ${date}` : '')

/** Every word shown in English: plain, sentence case (ux.md section 9). */
export const en: Text = {
  material: 'Medical material',
  rep: 'medical representative',
  professionals: 'For healthcare professionals only',
  demo: 'Demonstration data',
  otherLanguage: '中文',
  problem: 'Code',

  neutral: {
    heading: (sender, company) =>
      sender
        ? `${sender}, medical representative at ${company}, prepared something for you`
        : `A medical representative at ${company} prepared something for a doctor`,
    why: 'It opens only for the doctor it was sent to. Tap below and WeChat checks whether that is you.',
    open: 'I am the addressee, open it',
    promise:
      'Only your identifier is checked. Your chats, picture and contacts are not read, and there is nothing to sign in to. One check per browser, good for 180 days.',
  },

  other: {
    contact: {
      heading: 'This was prepared for another doctor',
      explain: 'The link is bound to its addressee. If you need it too, ask the representative you know.',
    },
    member: {
      heading: 'You are a colleague, so nothing is shown here',
      explain:
        'The link opens only for the doctor it was sent to. To preview it, open it in the WeCom sidebar. This visit does not count as opened.',
    },
    stranger: {
      heading: 'You were not recognised as the addressee',
      explain:
        'WeChat did not recognise you as the doctor this was sent to. If the top of the page says it is a snapshot, choose the full service first, then check again. If you need it too, ask the representative you know.',
    },
    again: 'I am the addressee, check again',
    promise: 'Only your identifier was checked; nothing else was read from WeChat.',
  },

  reading: {
    class: {
      promotional: 'Promotional',
      scientific: 'Scientific',
      non_promotional: 'Non-promotional',
      consent: 'About consent',
    },
    version: (version) => `v${version}`,
    approval: (number) => `Approval ${number}`,
    pages: (pages) => (pages === 1 ? '1 page' : `${pages} pages`),
    sections: (sections) => (sections === 1 ? '1 section' : `${sections} sections`),
    effective: (date) => `In force from ${date}`,
    valid: (date) => `Valid until ${date}`,
    paidBy: (company) => `Provided and paid for by ${company}`,
    sentBy: (sender, date) => `Sent to you by ${sender}, medical representative, on ${date}`,
    replaces: (version, sent) => `You were sent v${sent}. This is v${version}, which has replaced it.`,
    facts: 'About this material',
    contents: 'Contents',
    page: (page) => `Page ${page}`,
    of: (page, pages) => `${page} / ${pages}`,
    untitled: 'Picture',
    asText: 'As text',
    noText: 'There is no text to extract on this page.',
    zoom: (page) => `Enlarge page ${page}`,
    mark: (name) => `For ${name} only`,
    video: (seconds, size) => `Video · ${seconds} s · playing uses about ${size}`,
    captionsIn: (language: string) => (language === 'en-US' ? 'English captions' : 'Chinese captions'),
    transcript: 'Transcript: what is said in the video',
    says: (voice: string) => `${voice}: `,
    bar: 'Reading tools',
    large: 'Big type',
    saver: 'Save data',
    resume: 'Go on at page {n}',
    find: 'Find in the text',
    found: 'on {n} pages',
    none: 'Not in the text. Words inside pictures are not searched',
    forYou: 'This is for you alone; it does not open for anybody you pass it on to.',
    file: (format, size) => `Download the file · ${format} · ${size}`,
    fileNote: 'A downloaded file is neither updated nor withdrawn.',
    offline: 'You are offline. What is shown stays; the rest loads by itself once you are back.',
    slow: 'Slow network. The text of each page is right below it.',
    lost: (page) => `Page ${page} did not load.`,
    retry: 'Load again',
    close: 'Close',
    zoomIn: 'Enlarge',
    zoomOut: 'Reduce',
  },

  ended: {
    expired: {
      heading: 'This material is no longer valid',
      explain: (date) => `It expired${on(date)} and is not shown any more, so that you do not read outdated facts.`,
    },
    withdrawn: {
      heading: 'This material was withdrawn',
      explain: (date) => `The company withdrew it${on(date)}. If you kept a copy, do not use it any more.`,
    },
    superseded: {
      heading: 'There is a newer version',
      explain: (date) => `This version was replaced${on(date)} and is not shown any more.`,
    },
    revoked: {
      heading: 'This link was taken back',
      explain: () => 'The sender took this link back. If you need it, ask for it again.',
    },
    not_consented: {
      heading: 'You withdrew consent, so this is not shown any more',
      explain: () =>
        'We respect that. To receive material again, tell the representative and you will get a new invitation.',
    },
    reason: (reason) => `Reason: ${reason}`,
    successor: (title, version) => `Newer version: ${title} v${version}`,
    ask: (sender) => `Ask ${sender} for the new version`,
    asked: (sender) => `${sender} has been told. Once sent, the new version appears in your chat.`,
    nobody: 'The sender has left the company. For a newer version, contact the company.',
  },

  trouble: {
    busy: {
      heading: 'This cannot be opened right now',
      explain: 'The service is busy. Your link is fine; try again in a moment.',
    },
    wecom_unavailable: {
      heading: 'Your identity cannot be checked right now',
      explain: 'WeChat does not answer at the moment. Nothing is lost; try again.',
    },
    not_recognised: {
      heading: 'That check did not work',
      explain: 'The proof had run out. Nothing is lost; check once more.',
    },
    bad_state: {
      heading: 'Go back to the chat and open the link again',
      explain: 'This check was not started in this browser, or was already used, so it was stopped.',
    },
    too_many_requests: { heading: 'Opened too often', explain: 'Try again in a minute.' },
    internal: { heading: 'There is a problem on our side', explain: 'It has been noted. Try again in a moment.' },
    retry: 'Try again',
    recognise: 'Check again',
  },

  foot: {
    back: (sender) => `Questions? Go back to the chat and ask ${sender}.`,
    backUnknown: 'Questions? Go back to the chat and ask whoever sent you this.',
    safety: 'Report an adverse reaction',
    safetyExplain:
      'If you observed any adverse reaction, tell us soon. You need not be sure that the medicine caused it.',
    phone: 'Phone',
    email: 'E-mail',
    withdraw: 'Withdraw consent',
    withdrawExplain:
      'At any time, without a reason; your chats with the representative are not affected. You are sent nothing more, and links already sent show nothing any more.',
    withdrawNow: 'Confirm withdrawal',
    mine: 'Mine: consents, what I was sent, pause, erasure, complaints',
    privacy: 'Privacy',
    privacyExplain:
      'When you open this page we check your WeChat contact identifier and note when the addressee opened it. Which pages you read and for how long is recorded only if you agreed to it separately. We use no location, and representatives never see your IP address or device.',
    contact: 'Data protection',
  },

  consent,
  own,
  safety,
}
