import type { QuarantineShow, VaultSetting, VaultStatus } from '../api.ts'
import { clock, day, dayAndClock } from './format.ts'
import { vaultWords, type Told } from './vault-words.zh.ts'
import { wordingFields, type WordingField } from './wording.zh.ts'

const shows: Record<QuarantineShow, string> = {
  all: '全部待核对',
  person: '要人核对',
  vault: 'Vault 改好后自动恢复',
  released: '已放行，正在重查',
  braked: '发布暂停的',
}

/** What was compared, beyond the words of a piece. */
const compared: Record<string, string> = {
  version: '版本',
  lifeState: '状态',
  fileHash: '文件 SHA-256',
  expiryField: '到期日字段',
  expiresAfter: '到期日',
  mapping: '没有对应的值',
  approvers: '签名人数',
  signature: '签名',
  signatureDays: '签名有效天数',
  fileProblem: '文件的问题',
  otherFields: '其他对应的字段或源文件',
}

const settings: Record<VaultSetting, { label: string; hint: string }> = {
  channelField: { label: '渠道字段', hint: '哪个字段标明资料可用于企业微信' },
  channelValues: { label: '渠道的值', hint: '含其中一个就取，每行一个' },
  documentTypes: { label: '文档类型', hint: '每行一个；不填就是全部类型' },
  sendableStates: { label: '可发送的状态', hint: 'Vault 显示的状态名，每行一个' },
  blockedStates: { label: '停用的状态', hint: '已发布的一到这些状态就永久结束，每行一个' },
  titleField: { label: '标题', hint: '空着的资料用文档名称' },
  cardTitleField: { label: '卡片标题', hint: '不填就用标题' },
  cardDescField: { label: '卡片说明', hint: '不填就用批准号' },
  approvalNumberField: { label: '批准号', hint: '不填就用文档编号' },
  productField: { label: '产品字段', hint: '' },
  products: { label: '产品对应', hint: 'Vault 的值 → 这里的产品' },
  marketField: { label: '地区字段', hint: '' },
  markets: { label: '地区对应', hint: 'Vault 的值 → 这里的地区代码' },
  languageField: { label: '语言字段', hint: '' },
  languages: { label: '语言对应', hint: 'Vault 的值 → 这里的语言' },
  classField: { label: '类别字段', hint: '' },
  classes: { label: '类别对应', hint: 'Vault 的值 → 这里的类别' },
  audienceField: { label: '科室字段', hint: '不填就是不限科室' },
  audiences: { label: '科室对应', hint: 'Vault 的值 → 这里的科室；右边空着就是不限' },
  effectiveField: { label: '第一天', hint: '不填就是批准后立即可用' },
  expiryField: { label: '到期日', hint: '没有到期日的资料不会发布' },
  expiryInclusive: { label: '到期日当天还能用', hint: '' },
  withdrawalField: { label: '撤回日期', hint: '到了这天就撤回' },
  rendition: { label: '取哪一种文件', hint: '一般是可浏览的 PDF' },
  protectedRendition: { label: '取带水印的文件', hint: '水印里有日期时请关掉，否则每次取到的都不一样' },
  ways: { label: '发送方式', hint: '' },
  signatureMeanings: { label: '签名含义', hint: 'Vault 里签名的含义 → 这里的审批步骤；没列出的不算审批' },
  approvers: { label: '至少几个人签', hint: '按不同的人数' },
  signatureDays: { label: '签名有效天数', hint: '不填就是一直有效' },
  brakePerMinute: { label: '一分钟最多发布几份', hint: '超过就暂停，等合规官放行' },
}

const groups = {
  which: '取哪些资料',
  words: '文字',
  match: '值的对应',
  days: '日期',
  file: '文件与发送',
  guard: '签名与保护',
}

const events: Record<string, string> = {
  'vault.synced': '和 Vault 全部对照过一遍',
  'vault.braked': '发布太多，已暂停',
  'vault.brake_released': '放行暂停的发布',
  'vault.mapping_changed': '修改字段对应',
  'vault.sync_asked': '要求立即核对',
}

const plain = (problem: string): Told | undefined => vaultWords.problems[problem.split(' ')[0] as 'refused']

/** Words of the screens about Veeva Vault. */
export const vault = {
  title: 'Veeva Vault',
  words: vaultWords,
  /** A reason of quarantine or of a hold; one this page does not know is shown as it is. */
  told: (reason: string): Told =>
    vaultWords.quarantined[reason as 'braked'] ??
    vaultWords.held[reason as 'is_binder'] ?? { word: reason, means: '', help: '' },
  places: { label: 'Veeva Vault', connection: '连接与待核对', mapping: '字段对应' },
  notConnected: '还没有连接 Veeva Vault。资料在这里自己审批。',
  connect: '要连接，请在服务器上设置这些环境变量，重启服务后回到这里：',
  noMapping: '已连接，还没有设置字段对应，所以不读取任何资料。',
  setMapping: '设置字段对应',
  askAdmin: '请系统管理员设置字段对应。',
  fine: (at: Date, ago: string) => `连接正常。上次核对在 ${clock(at)} 完成（${ago}）。`,
  waitsFirst: '字段对应已设置，第一次核对还没有完成。',
  problem: (problem: string): Told => plain(problem) ?? { word: problem, means: '', help: '' },
  problemType: (problem: string) => {
    const [, type = ''] = problem.split(' ')
    const known = vaultWords.types[type]
    return known ? `${known}（${type}）` : type
  },
  ofType: (type: string) => `：${type}`,
  stale: (ago: string) => `上次核对已是${ago}，没有按时再核对。`,
  staleHelp: '核对每分钟一次。请系统管理员看服务是否在正常运行。',
  lastFine: (at: Date | null) => (at ? `最后一次成功核对：${dayAndClock(at)}。` : '还没有成功核对过。'),
  meanwhile: '已批准的资料照常可发；新资料和撤回要等恢复后才收到。',
  ago: (seconds: number) => {
    if (seconds < 60) return `${Math.max(0, Math.round(seconds))} 秒前`
    if (seconds < 3_600) return `${Math.round(seconds / 60)} 分钟前`
    return seconds < 172_800 ? `${Math.round(seconds / 3_600)} 小时前` : `${Math.round(seconds / 86_400)} 天前`
  },
  facts: {
    host: '地址',
    cursor: '已读到的改动',
    next: '下一次核对',
    full: '上次全部对照',
    allowance: '接口额度',
    proof: '最久没有核对的一份',
  },
  vaultId: (id: number) => `Vault 编号 ${id}`,
  vaultClock: 'Vault 的时间',
  never: '还没有',
  now: '正在核对',
  within: '几秒内',
  about: (at: Date) => `约 ${clock(at)}`,
  comparing: '正在进行，分几次做完',
  allowance: ({ most, left, restsUntil }: VaultStatus['allowance']) => {
    const rest = restsUntil ? `${clock(restsUntil)} 之前不再询问` : ''
    const calls = most === null || left === null ? '' : `5 分钟内还可询问 ${left} / ${most} 次`
    return [calls, rest].filter(Boolean).join(' · ') || '还不知道'
  },
  numbers: {
    documents: '份文档取过来',
    published: '份已发布',
    held: '份已发布但停发',
    waiting: '份等待发布',
    quarantined: '份待核对',
    ended: '份已结束',
  },
  sync: '立即核对',
  syncTitle: '立即和 Vault 全部核对',
  syncMeans: '读取全部改动并逐份对照，几秒内开始。登录停止后也用它重新尝试。',
  usualReason: '人工核对',
  syncing: {
    asked: '已要求核对，几秒内开始',
    running: '正在和 Vault 核对',
    comparing: '正在和 Vault 逐份对照，资料多时要几分钟',
    drawing: (count: number) => `核对完成，${count} 份正在处理页面，好了自动发布`,
    late: '还没有开始。可能有别的核对正在进行，请稍后刷新',
  },
  synced: (changes: readonly string[]) =>
    changes.length > 0 ? `核对完成：${changes.join('，')}` : '核对完成，没有变化',
  change: {
    published: (by: number) => (by > 0 ? `新发布 ${by} 份` : `减少 ${-by} 份已发布`),
    held: (by: number) => (by > 0 ? `停发 ${by} 份` : `恢复 ${-by} 份`),
    ended: (by: number) => (by > 0 ? `结束 ${by} 份` : ''),
    quarantined: (by: number) => (by > 0 ? `待核对多了 ${by} 份` : `待核对少了 ${-by} 份`),
  },
  syncFailed: (word: string, help: string) => `核对没有完成：${word}。${help}`,
  brake: {
    title: '发布已暂停，等待放行',
    what: (at: Date, count: number, allowed: number) =>
      `${dayAndClock(at)}，一分钟内有 ${count} 份要发布，上限是 ${allowed} 份。`,
    means: '没有发布暂停的资料。已发布的照常可发，Vault 里的撤回和到期照常生效。',
    help: '请和 Vault 负责人核对：这些是不是正常批准的，数量对不对。有疑问就先不放行。',
    see: (count: number) => `看暂停的 ${count} 份`,
    press: (count: number) => `放行 ${count} 份`,
    releaseTitle: '放行暂停的发布',
    releaseMeans: (count: number) =>
      `${count} 份会逐份核对签名和文件：合格的发布，不合格的进入待核对。已发布后只能在 Vault 或这里撤回。`,
    released: (count: number) => `已放行 ${count} 份，正在逐份核对`,
    none: '已经有人放行过了',
    who: '由合规官放行。',
  },
  quarantine: '待核对',
  caption: (show: QuarantineShow) => `${shows[show]}，新的在前`,
  filter: { show: '显示', reason: '原因' },
  shows,
  allReasons: '全部原因',
  search: '搜 Vault 文档编号',
  hint: 'Vault 文档编号',
  column: { title: '资料', version: '版本', reason: '原因', since: '从何时', act: '处理' },
  document: (vaultId: number) => `Vault ${vaultId}`,
  noTitle: '（没有标题）',
  act: { person: '要人核对', vault: '等 Vault 改好', released: '正在重查', braked: '等待放行' },
  none: '没有待核对的版本',
  noHit: '没有符合条件的版本',
  shown: (count: number, more: boolean) => (more ? `已显示 ${count} 份，还有更多` : `共 ${count} 份`),
  keys: '/ 搜索 · ↑ ↓ 换行 · Enter 展开',
  expand: (about: string) => `详情：${about}`,
  reloadFailed: '没有刷新成功，下面是之前读取的',
  moreFailed: '后面的没有读到',
  happened: '发生了什么',
  todo: '怎么办',
  compare: { what: '项目', expected: '应为', found: '现在是', caption: '应为和现在的不同' },
  nothing: '没有',
  what: (name: string) => {
    const [kind = '', about = ''] = name.split(':')
    if (kind === 'card') return `卡片：${cardFault(about)}`
    return compared[name] ?? wordingFields[name as WordingField] ?? name
  },
  after: (at: string) => `晚于 ${day(new Date(at))}`,
  signature: (person: string, at: Date) => `${person} · ${dayAndClock(at)}`,
  otherFields: '和批准时不同（只存有指纹，看不出是哪一项）',
  released: (person: string, reason: string) => `${person || '有人'}已放行，正在向 Vault 重查。原因：${reason}`,
  openPiece: '看这份资料',
  release: '核对过，放行重查',
  lookAgain: '现在再查一次',
  releaseTitle: '放行并向 Vault 重查',
  lookTitle: '现在向 Vault 再查一次',
  releaseMeans: '会重新向 Vault 核对状态、签名和文件。仍然对不上的，会带着原因回到待核对。',
  onlyOfficer: '由合规官放行。',
  reason: '原因（留在审计里）',
  done: '已放行，正在向 Vault 重查',
  fault: {
    wrong_role: '您的角色不能做这一步，可能刚刚变过。没有做任何改动',
    content_not_found: '这一版已经不在待核对里了',
    bad_request: '有的内容格式不对，没有做任何改动',
    no_answer: '连不上服务，不知道做成没有。请刷新后再看',
  } as Record<string, string>,
  failed: '服务暂时有问题，不知道做成没有。请刷新后再看',
  mapping: {
    title: '字段对应',
    means: '怎样读懂 Vault 里的资料。只影响以后：已发布的保持发布时的样子，下一次核对起按新的对应核对。',
    readOnly: '只有系统管理员能修改。',
    groups,
    settings,
    readFields: '读取 Vault 的字段',
    fieldsRead: (count: number) => `读到 ${count} 个字段，输入时会提示`,
    from: (label: string, place: number) => `${label}：Vault 的值 ${place}`,
    to: (label: string, place: number) => `${label}：这里的值 ${place}`,
    add: '加一行',
    remove: (label: string, place: number) => `删除 ${label} 第 ${place} 行`,
    choose: '请选择',
    nobody: '不取（没有产品）',
    unlimited: '不限',
    inVault: 'Vault 里还有：',
    take: (value: string) => `加上 ${value}`,
    try: '用 Vault 试一试',
    trying: '正在读取 Vault 最近的改动',
    tried: (looked: number, shown: number) =>
      looked === 0 ? 'Vault 里没有读到文档' : `看了最近改过的 ${looked} 份文档，其中 ${shown} 份标为企业微信：`,
    noneTried: '没有一份标为企业微信。请看渠道字段和渠道的值是否对。',
    verdict: { publish: '会发布', quarantine: '会待核对', not_taken: '不取' },
    unseen: '签名没有看',
    triedColumn: { title: '资料', version: '版本', state: 'Vault 里的状态', verdict: '结果' },
    kept: '试一试不保存，也不发布任何东西。',
    save: '保存',
    saved: '已保存，马上按新的对应核对',
    reason: '为什么改（留在审计里）',
    needReason: '写几个字说明为什么改',
    faults: (count: number) => `有 ${count} 处要改，没有保存`,
    vaultFault: (problem: string) =>
      `没有保存，问不到 Vault：${plain(problem)?.word ?? problem}。${plain(problem)?.help ?? ''}`,
    triedFault: (problem: string) =>
      `没有试成，问不到 Vault：${plain(problem)?.word ?? problem}。${plain(problem)?.help ?? ''}`,
    fault: (problem: string) => vaultWords.mapping[problem as 'bad_shape'] ?? problem,
    stale: (fields: string) => `别人刚保存过${fields ? `，改了：${fields}` : ''}。您改的还在，请核对后再保存`,
    restored: '恢复了上次没保存的修改',
    drop: '放弃修改',
    changed: (count: number) => `${count} 处修改没有保存`,
    same: '没有修改',
    trail: '谁改了什么',
    noTrail: '还没有记录',
    yes: '是',
    no: '否',
  },
  event: (event: string) => events[event] ?? event,
  system: '系统',
  origin: {
    title: '来自 Veeva Vault',
    document: 'Vault 文档',
    version: 'Vault 里的版本',
    unknown: '这一版后来在 Vault 改过，已由另一份代替',
    proved: '最后一次和 Vault 核对',
    newer: (version: string) => `Vault 里有更新的版本 ${version}`,
    newerWaits: '正在处理，好了自动接替这一版。',
    newerHeld: (word: string) => `它在待核对里：${word}。`,
    held: (word: string) => `现在不能发：${word}`,
    see: '去核对',
  },
}

/** The same words as for a piece written here. */
function cardFault(about: string): string {
  const [part = '', fault = ''] = /^(title|card_title|card_desc)_(.+)$/.exec(about)?.slice(1) ?? []
  const parts: Record<string, string> = { title: '标题', card_title: '卡片标题', card_desc: '卡片说明' }
  const faults: Record<string, string> = { missing: '没有填', too_long: '太长', hidden_signs: '有换行或看不见的字符' }
  return part ? `${parts[part]}${faults[fault] ?? fault}` : about
}
