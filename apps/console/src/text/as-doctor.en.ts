import type { asDoctor as words } from './as-doctor.zh.ts'

/** Words about what a doctor sees of a version. */
export const asDoctor: typeof words = {
  title: 'As the doctor sees it',
  back: 'Back to this content',
  banner:
    'This is a preview: nothing here counts as opened or read by any doctor, and the links, buttons and downloads on the page do nothing.',
  names: 'Where it says ×××, the names of the rep and the doctor will stand.',
  notYet: (state) => `This version is “${state}”: doctors do not see it yet.`,
  replaced:
    'Links already sent: doctors whom the newer version is for see that version, others what is under “After its end”.',
  seeNewer: 'See the newer version',
  ended: 'Links already sent now show what is under “After its end”.',
  notYours: 'Your role may not see content. If you need to, ask the system administrator.',
  pieces: 'Content sent in this order',
  noPieces: 'There is nothing in this script yet.',
  piece: (place, title, version) => `${place}. ${title} v${version}`,
  inChat: 'In the chat',
  noWays: 'How it is sent has not been chosen, so there is nothing to show in the chat yet.',
  ways: {
    news: 'Link card',
    miniprogram: 'Mini program card',
    file: 'File',
    image: 'Image',
    video: 'Video',
    text: 'Text',
  },
  noTitle: '(no title)',
  size: (bytes) => (bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.ceil(bytes / 1_000)} kB`),
  seconds: (seconds) => `${seconds} seconds`,
  opened: 'Once opened',
  choice: { show: 'Page', width: 'Screen width', light: 'Light or dark', size: 'Type size', language: 'Language' },
  option: {
    show: { reading: 'The page', ended: 'After its end' },
    width: { 375: 'Phone 375', 320: 'Small phone 320', 768: 'Tablet 768' },
    light: { light: 'Light', dark: 'Dark' },
    size: { normal: 'Normal type', large: 'Big type' },
    language: { 'zh-CN': '中文', 'en-US': 'English' },
  },
  frame: (title) => `Preview of the doctor’s page: ${title}`,
  opening: 'Opening the doctor’s page',
  notOpened: 'The doctor’s page did not open.',
  waiting: 'The pages wait to be drawn and appear by themselves.',
  drawing: (done, of) => `The pages are being drawn${of > 0 ? `, ${done} of ${of},` : ''} and appear by themselves.`,
  failed: (problem) => `The pages could not be drawn${problem ? `: ${problem}` : '.'}`,
  missing: 'There is nothing to show yet: no file is uploaded, or the text is empty.',
  none: 'There is no page: what arrives in the chat is all of it.',
}
