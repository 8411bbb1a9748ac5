import type { Field } from './columns.ts'

type Help = { zh: string; en: string }

/** What each column takes, as the template says it under its heading. */
export const columnHelp: Record<Field, Help> = {
  document_id: {
    zh: '必填。字母、数字、- 和 _，最多 26 个；已有的编号是修改',
    en: 'Required. Letters, digits, - and _, up to 26; a known one is changed',
  },
  kind: {
    zh: '文档、图片、视频、文章、话术、话术组；不填是文档',
    en: 'document, image, video, article, phrase, script; empty: document',
  },
  title: { zh: '必填，最多 200 字', en: 'Required, up to 200 characters' },
  short_title: { zh: '最多 120 字', en: 'Up to 120 characters' },
  class: {
    zh: '新资料必填：推广、学术、非推广、同意书',
    en: 'Required when new: promotional, scientific, non_promotional, consent',
  },
  product: { zh: '产品代码或名称；推广和学术必填', en: 'Code or name; required for promotional and scientific' },
  market: { zh: '不填是本公司的地区', en: 'Empty: the company’s own' },
  language: { zh: '中文或英文；不填是中文', en: 'zh-CN or en-US; empty: zh-CN' },
  approval_number: { zh: '最多 60 字', en: 'Up to 60 characters' },
  file: {
    zh: '上传的文件名；文档、图片、视频必填，文章可以用 HTML 或 Markdown 文件',
    en: 'Name of an uploaded file; required for document, image, video; an article may come as HTML or Markdown',
  },
  body: {
    zh: '话术或文章的正文；话术可用 {doctor} 和 {rep}',
    en: 'Text of a phrase or article; a phrase may hold {doctor} and {rep}',
  },
  script: {
    zh: '话术组：依次发送的资料编号，用 ; 隔开',
    en: 'For a script: document ids in their order, separated by ;',
  },
  card_title: { zh: '链接卡片的标题，最多 128 字节', en: 'Title of the link card, up to 128 bytes' },
  card_desc: { zh: '链接卡片的说明，最多 512 字节', en: 'Description on the link card, up to 512 bytes' },
  card: { zh: '上传的 PNG 或 JPEG 文件名；不填不改', en: 'Name of an uploaded PNG or JPEG; empty: left as it is' },
  poster: {
    zh: '视频的封面图，同上；两个都填时用卡片图片',
    en: 'Poster of a video, likewise; the card picture weighs more',
  },
  aliases: { zh: '用 ; 隔开', en: 'Separated by ;' },
  tags: { zh: '用 ; 隔开', en: 'Separated by ;' },
  audience: { zh: '科室代码，用 ; 隔开；不填不限', en: 'Specialty codes, separated by ;; empty: all' },
  hospital_grades: { zh: '用 ; 隔开；不填不限', en: 'Separated by ;; empty: all' },
  territories: { zh: '用 ; 隔开；不填不限', en: 'Separated by ;; empty: all' },
  rep_groups: { zh: '小组代码，用 ; 隔开；不填不限', en: 'Codes of groups, separated by ;; empty: all' },
  ways: { zh: '链接、文件、图片、视频、文字，用 ; 隔开', en: 'news, file, image, video, text, separated by ;' },
  may_forward: { zh: '是或否', en: 'yes or no' },
  first_day: { zh: '2026-12-01，上海时间', en: '2026-12-01, Shanghai time' },
  last_day: { zh: '2027-11-30，这天结束时到期', en: '2027-11-30, expires at the end of that day' },
  change_note: { zh: '最多 300 字', en: 'Up to 300 characters' },
  sha256: { zh: '文件的 SHA-256，可以代替文件名', en: 'SHA-256 of the file, may stand for its name' },
}
