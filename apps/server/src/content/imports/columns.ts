/** What a list may say of a piece, and the headings under which it is understood. */
const headings = {
  document_id: ['资料编号', '文档编号', '编号', 'id'],
  kind: ['类型'],
  title: ['标题', '名称'],
  short_title: ['短标题'],
  class: ['类别', '性质'],
  product: ['产品'],
  market: ['地区', '市场'],
  language: ['语言'],
  approval_number: ['批准号', '审批编号'],
  file: ['文件', '文件名'],
  body: ['正文', '话术'],
  script: ['依次发送', '话术组'],
  card_title: ['卡片标题'],
  card_desc: ['卡片说明', '卡片描述', '卡片摘要'],
  card: ['卡片图片'],
  poster: ['封面', '视频封面'],
  aliases: ['别名'],
  tags: ['标签'],
  audience: ['科室', '受众', 'specialties'],
  hospital_grades: ['医院等级'],
  territories: ['片区', '区域'],
  rep_groups: ['代表小组', '代表组', '小组'],
  ways: ['发送方式'],
  may_forward: ['可以转发', '可转发'],
  first_day: ['第一天', '首日', '生效日', 'effective_at'],
  last_day: ['最后一天', '末日', '到期日', 'expires_at'],
  change_note: ['这一版改了什么', '变更说明'],
  sha256: ['文件 SHA-256', '文件哈希'],
} as const
export type Field = keyof typeof headings
export const fields = Object.keys(headings) as Field[] // the keys of the table above

const known = new Map<string, Field>(
  fields.flatMap((field) => [field, ...headings[field]].map((heading) => [simple(heading), field] as const)),
)

/** The field a heading stands for; others are left alone. */
export function columnOf(heading: string): Field | undefined {
  return known.get(simple(heading))
}

/** The heading of a column as its people write it. */
export const headingOf = (field: Field, language: 'zh' | 'en'): string =>
  language === 'zh' ? headings[field][0] : field

/** The column of what the contract calls `name`; none when a list has no such column. */
export function fieldOf(name: string | undefined): Field | '' {
  const renamed: Record<string, Field> = {
    ...{ effectiveAt: 'first_day', expiresAt: 'last_day', scriptPieces: 'script' },
    ...{ fileUploadId: 'file', cardUploadId: 'card', posterUploadId: 'poster' },
  }
  if (name === undefined) return ''
  const plain = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return renamed[name] ?? fields.find((field) => field === plain) ?? ''
}

/** Case, spaces, dashes and a star that says "required" make no difference. */
function simple(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_*-]/g, '')
}
