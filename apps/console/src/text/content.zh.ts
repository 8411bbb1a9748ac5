import type { ContentAction, ContentDetail, ContentRow, ContentShow, StepReason } from '../api.ts'
import { day, dayAndClock } from './format.ts'
import { trailEvents, wordingFields, type WordingField } from './wording.zh.ts'

export type Kind = ContentRow['kind']
export type LifeState = 'draft' | 'in_review' | 'returned' | 'approved' | 'expired' | 'withdrawn' | 'superseded'
export type Step = ContentDetail['steps'][number]

const states: Record<LifeState, string> = {
  draft: '草稿',
  in_review: '审批中',
  returned: '已退回',
  approved: '已批准',
  expired: '已到期',
  withdrawn: '已撤回',
  superseded: '已有新版',
}

const shows: Record<ContentShow, string> = {
  all: '全部状态',
  for_me: '等我签名',
  mine: '我的',
  draft: '草稿',
  in_review: '审批中',
  approved: '已批准',
  expiring: '30 天内到期',
  expired: '已到期',
  withdrawn: '已撤回',
  superseded: '已有新版',
  returned: '已退回',
  held: '待核对',
}

const kinds: Record<Kind, string> = {
  document: '文档',
  image: '图片',
  video: '视频',
  article: '文章',
  phrase: '话术',
  script: '话术组',
}

const steps: Record<Step, string> = { medical: '医学', legal: '法务', compliance: '合规' }

const actions: Record<ContentAction, string> = {
  edit: '保存',
  submit: '提交审批',
  take_back: '收回审批',
  sign: '签名批准',
  return: '退回',
  withdraw: '撤回',
  expire: '立即到期',
  renew: '延长有效期',
  new_version: '新建版本',
  tag: '改标签',
}

const refusals: Record<StepReason, string> = {
  wrong_role: '您的角色不能做这一步',
  wrong_state: '现在的状态不能做这一步',
  held: '版本与文件库对不上，待核对',
  not_owner: '只有负责人可以',
  own_work: '不能批准自己的资料',
  step_not_asked: '这份资料不需要这一签',
  step_done: '这一签已经签过',
  already_signed: '您已经签过这个版本的另一步',
  statement_changed: '内容和您看到的不一致，请重新打开再签',
  pages_not_ready: '内容还没准备好：文件没有上传、还在处理，或没有文字',
  card_not_fit: '卡片文字不合要求',
  placeholder_unknown: '话术里有不认识的占位符，只能用 {doctor} 和 {rep}',
  no_expiry: '没有填最后一天',
  date_order: '最后一天已过，或早于第一天',
  reason_missing: '没有写原因',
  tags_not_fit: '标签不合要求',
  tags_changed: '之后又有人改过这份的标签',
  open_version_exists: '这份资料已有一个没完成的版本',
  not_reauthenticated: '没有用本人的企业微信确认',
}

/** Where a text for the card does not fit, and how. */
const cardParts: Record<string, string> = { title: '标题', card_title: '卡片标题', card_desc: '卡片说明' }
const cardFaults: Record<string, string> = {
  missing: '没有填',
  too_long: '太长',
  hidden_signs: '有换行或看不见的字符',
}

const tagFaults: Record<string, string> = {
  too_long: '一个最多 40 字，全部最多 400 字',
  hidden_signs: '有看不见的字符',
}

function about(reason: StepReason, what: string): string {
  if (reason === 'tags_not_fit') return tagFaults[what] ?? what
  if (reason === 'card_not_fit') {
    const [part = '', fault = ''] = /^(title|card_title|card_desc)_(.+)$/.exec(what)?.slice(1) ?? []
    return part ? `${cardParts[part] ?? part}${cardFaults[fault] ?? fault}` : what
  }
  return steps[what as Step] ?? states[what as LifeState] ?? what // unknown words stay as they are
}

/** Words of the content screens. */
export const content = {
  title: '内容',
  caption: (show: ContentShow, query: string) => `内容，${shows[show]}${query ? `，搜索“${query}”` : ''}`,
  search: '搜标题、批准号、拼音或正文',
  hint: '标题、批准号、拼音、正文',
  filter: { show: '状态', product: '产品', kind: '类型' },
  allProducts: '全部产品',
  allKinds: '全部类型',
  shows,
  kinds,
  steps,
  create: '新建',
  column: {
    title: '标题',
    version: '版本',
    life: '状态',
    product: '产品',
    expiresAt: '到期',
    sends: '已发：存档 / 已打开 / 客户端 / 未知',
    openedRate: '打开率',
    owner: '负责人',
  },
  /** Instead of what fewer than five doctors opened. */
  few: '少于 5 位',
  figuresMean: '“已发”和“打开率”是怎么数的',
  states,
  inReview: (signed: number, asked: number) => `审批中 ${signed}/${asked}`,
  effective: (at: Date) => `${day(at)} 生效`,
  expiring: (days: number) => (days <= 0 ? '今天到期' : `${days} 天后到期`),
  held: '待核对',
  vault: '文件库',
  none: '还没有内容',
  noHit: '没有符合条件的内容',
  shown: (count: number, more: boolean) => (more ? `已显示 ${count} 条，还有更多` : `共 ${count} 条`),
  keys: '/ 搜索 · ↑ ↓ 换行 · Enter 打开',
  reloadFailed: '没有刷新成功，下面是之前读取的',
  moreFailed: '后面的没有读到',
  back: '回到列表',
  asDoctor: '医生看到的样子',
  asDoctorBeside: '医生看到的样子（新窗口）',
  version: (version: number) => `v${version}`,
  versions: '版本',
  review: '审批',
  pages: '页面',
  page: (number: number) => `第 ${number} 页`,
  pageText: (number: number) => `第 ${number} 页的文字`,
  corrected: '已改正',
  correct: '保存这一页的文字',
  noPages: '没有页面图',
  wording: '文字与范围',
  trail: '经过',
  noTrail: '还没有记录',
  event: (event: string) => trailEvents[event] ?? event,
  changedFrom: (field: string, before: string, after: string) => `${fieldName(field)}：${before} → ${after}`,
  lifeWord: (word: string) => states[word as LifeState] ?? word,
  empty: '空',
  yes: '是',
  no: '否',
  everybody: '不限',
  grade: (grade: string) => grade,
  fields: wordingFields,
  action: (action: ContentAction) => actions[action],
  refused: '没有做成：',
  mayNotSign: (reasons: readonly string[]) => `您现在不能签：${reasons.join('；')}`,
  /** Why a step did not happen that was not refused; undefined where the general words do. */
  stepFault: (code: string, field?: string) =>
    code === 'bad_request' && field
      ? `“${fieldName(field)}”不能这样写：太长，或有不能用的字符。没有保存`
      : stepFaults[code],
  refusal: (reason: StepReason, what?: string) =>
    what ? `${refusals[reason] ?? reason}（${about(reason, what)}）` : (refusals[reason] ?? reason),
  done: {
    edit: '已保存',
    submit: '已提交，等待签名',
    take_back: '已收回',
    sign: '已签名',
    return: '已退回',
    withdraw: '已撤回',
    expire: '已到期',
    renew: '已签名，延长',
    new_version: '新版本的草稿在这里',
    tag: '标签已改',
  } satisfies Record<ContentAction, string>,
  noSignature: '等待签名',
  unsigned: '现在的内容没有人签过',
  renewing: (until: string) => `申请延长到 ${until}`,
  signedBefore: (count: number) => `以前的签名（${count}）`,
  signedBy: (person: string, at: Date) => `${person} · ${dayAndClock(at)}`,
  proved: { wecom_login: '签名时用企业微信确认本人', vault: '来自文件库的签名记录', demo: '演示数据' } as Record<
    string,
    string
  >,
  notHolding: '签的不是现在的内容',
  renewsUntil: (at: Date) => `延长到 ${day(at)}`,
  returnedReason: (reason: string) => `退回原因：${reason}`,
  withdrawnReason: (reason: string) => `撤回原因：${reason}`,
  rendition: {
    waiting: '等待处理页面',
    drawing: (done: number, of: number) => (of > 0 ? `正在处理页面 ${done}/${of}` : '正在处理页面'),
    done: (of: number) => `页面已处理，共 ${of} 页`,
    failed: '页面没有处理成功。',
  },
  unsaved: '有没保存的修改，先保存再提交',
  notFound: '没有这份内容，或已不能查看',
  script: {
    none: '还没有选。代表按这里的先后一份一份发送',
    find: '按标题找已批准的资料或话术',
    clear: '清除',
    searching: '正在找',
    failed: '没有找成，请再输入一次',
    noHit: '没有符合的已批准资料',
    add: (title: string, kind: string) => `加入：${title}（${kind}）`,
    up: (title: string) => `上移：${title}`,
    down: (title: string) => `下移：${title}`,
    remove: (title: string) => `去掉：${title}`,
    notApproved: '没有批准的版本',
  },
  form: {
    file: '文件',
    card: '卡片图片',
    fileNow: (name: string, kB: number) => `${name} · ${kB} kB`,
    noFile: '还没有文件',
    noCaptions: '还没有字幕。WebVTT（.vtt）；医生可以开关，也能当文字稿读',
    captionsNow: (count: number, ends: string) => `${count} 段，最后到 ${ends}`,
    captionsCheck: '请对着视频核对字幕。字幕与语言是签名内容的一部分。',
    captionsRemove: '去掉字幕',
    captionsShow: '看字幕全文',
    listHint: '每行一个',
    chosen: (count: number) => `已选 ${count} 项`,
    find: (what: string) => `在${what}里找`,
    noChoices: '选项没有读到，先不能选产品和范围',
    bodyHint: { article: 'HTML 或 Markdown，只保留安全的部分', phrase: '可用 {doctor} 和 {rep}' } as Record<
      string,
      string
    >,
    dayHint: { effectiveAt: '上海时间，从这天开始', expiresAt: '上海时间，这天结束时到期' },
    start: '新建内容',
    started: '建立草稿',
    needsFile: '先上传文件',
    noProduct: '还没有产品。请系统管理员在“公司”里添加',
  },
  classes: {
    promotional: '产品推广',
    scientific: '科学资料',
    non_promotional: '非推广',
    consent: '同意邀请',
  } satisfies Record<ContentRow['class'], string>,
  languages: { 'zh-CN': '中文', 'en-US': '英文' } as Record<string, string>,
  close: '关闭',
  cancel: '先不做',
  reason: '原因',
  reasonFor: {
    return: '写给作者：要改什么',
    take_back: '为什么收回',
    expire: '为什么提前到期',
  } as Record<string, string>,
}

const stepFaults: Record<string, string> = {
  stale_revision: '别人先保存了，您这一次没有保存。请核对后再保存',
  content_frozen: '这一版已经提交审批，不能再改。没有保存',
  upload_not_found: '上传的文件已经过期，请重新选择文件。没有保存',
  wrong_role: '您的角色不能做这一步',
  bad_request: '填写的内容不合要求，没有保存',
  internal: '服务暂时有问题，这一步没有做成，请重试',
}

/** A name for a field of the trail; what has none is shown as it is. */
function fieldName(field: string): string {
  return field === 'lifeState' ? '状态' : (wordingFields[field as WordingField] ?? field)
}
