import type { RefusalReason } from '@vouch/rules'
import type { ReportBy, ReportKind } from './reports.ts'

type Word = { word: string; means: string }
export type ReportWords = {
  kinds: Record<ReportKind, Word>
  by: Record<ReportBy, string>
  columns: Record<string, Word>
  /** A month of `pressure`, as 2026-11. */
  month: (name: string) => Word
  reason: (word: string) => Word
  notes: { few: string; honest: string; doctors: string; period: (from: string, until: string) => string }
  total: string
  none: string
  units: { percent: string; seconds: string; minutes: string }
}

/** What stands over a column and what its numbers mean; reasons and months are columns of their own. */
export function reportColumn(column: string, words: ReportWords, reasons: Record<RefusalReason, string>): Word {
  if (column.startsWith('no:')) return words.reason(reasons[column.slice(3) as RefusalReason]) // measured so
  return words.columns[column] ?? words.month(column)
}

/** The unit of a column; a number of things where nothing is said. */
export function reportUnit(column: string): 'count' | 'percent' | 'seconds' | 'minutes' {
  if (column === 'opened_rate' || column === 'read_share' || column === 'agreed_rate') return 'percent'
  if (column === 'read_median' || column === 'read_p90') return 'seconds'
  return /^(open|wait)_(median|p90)$/.test(column) ? 'minutes' : 'count'
}

const zhDoctors = '医生按现在的医院、科室和片区算；合并过的记录算一位。'
/** Every number of the reports and what it means, in Chinese. */
export const reportWordsZh: ReportWords = {
  kinds: {
    sends: {
      word: '发送结果',
      means: '每次通过检查的发送只落在一栏里，按谁能证明来分。各栏不能相加当作“已发送”。同意邀请不在内。',
    },
    refusals: {
      word: '被拦下的',
      means: '发送前被规则拦下的尝试和原因。一次可能有几个原因，所以各栏之和可以大于次数。同意邀请不在内。',
    },
    reading: {
      word: '打开和阅读',
      means: '发出的链接有没有被收件医生打开，读了多少。阅读只统计同意记录阅读情况的医生，撤回后连以前的也不算。',
    },
    asks: { word: '同意邀请', means: '邀请发出之后医生怎么回答、多久回答，算在最后一次邀请发出的那天。' },
    standing: { word: '同意现状', means: '每位在用的医生此刻对接收资料的态度，只落在一栏里。与所选时间无关。' },
    coverage: {
      word: '片区覆盖',
      means: '在用的医生里，多少已同意，这段时间里多少收到过。每位只按最有力的证据落在一栏里。',
    },
    pressure: {
      word: '每位医生的次数',
      means: '一个月里计入次数限制的发送有几次，各有多少位医生。按整月算（上海时间）。',
    },
    contacted: { word: '联系最多的十位', means: '这段时间计入次数限制的发送最多的十位医生。' },
  },
  by: {
    week: '周',
    product: '产品',
    document: '资料',
    version: '资料版本',
    rep: '代表',
    hospital: '医院',
    specialty: '科室专业',
    territory: '片区',
  },
  columns: {
    passed: { word: '通过检查', means: '通过全部规则、放行给代表的次数；等于后面各栏之和，不等于已送达。' },
    'is:proven': { word: '存档证实', means: '会话存档里有这条消息，包括之后撤回的。' },
    'is:opened': { word: '医生已打开', means: '存档里没有，但收件医生本人打开了链接。' },
    'is:client': { word: '仅客户端', means: '只有代表的企业微信说已接收，没有别的证据。' },
    'is:unknown': { word: '结果未知', means: '过了时限没有结果，包括只有代表自己说法的。' },
    'is:cancelled': { word: '已取消', means: '代表的企业微信说取消了。' },
    'is:failed': { word: '客户端报失败', means: '代表的企业微信说没有接收。' },
    'is:not_sent': { word: '证实未发', means: '存档完整而没有，或合规裁定没有发。' },
    'is:exception': { word: '例外', means: '说法互相矛盾，或由合规裁定为已发。' },
    'is:open': { word: '等待结果', means: '刚放行，还没到时限。' },
    refused: { word: '被拦下', means: '发送前被规则拦下的次数，没有发出，也不占次数。' },
    link: { word: '链接', means: '通过检查、以链接卡片发出的次数；文件和图片看不到打开。' },
    opened: { word: '已打开', means: '其中收件医生本人打开过的；别人打开的、预览的不算。' },
    opened_rate: { word: '打开率', means: '已打开 ÷ 链接。' },
    open_median: { word: '打开用时中位', means: '从放行到第一次打开，一半的链接在这之内；由分段计数估算。' },
    read: { word: '有阅读记录', means: '已打开的里面，医生同意记录阅读情况、并且记到了至少一页的。' },
    read_all: { word: '读完', means: '有阅读记录的里面，所有页都看到过的。' },
    read_share: { word: '平均读到', means: '有阅读记录的，看到过的页占全部页的平均比例。' },
    read_median: { word: '阅读时长中位', means: '有阅读记录的，一半的总停留时间在这之内；由分段计数估算。' },
    read_p90: { word: '阅读时长 P90', means: '有阅读记录的，九成的总停留时间在这之内；由分段计数估算。' },
    ask: { word: '邀请', means: '发出的同意邀请；客户端说没发出的不算。' },
    ask_yes: { word: '同意了', means: '收到邀请后、下次邀请前，医生第一次表态为同意。' },
    ask_no: { word: '没同意', means: '收到邀请后、下次邀请前，医生第一次表态为不同意或撤回。' },
    ask_open: { word: '没有回答', means: '到现在还没表态，或表态前又邀请过。' },
    agreed_rate: { word: '同意率', means: '同意了 ÷ 邀请。' },
    wait_median: { word: '回答用时中位', means: '从邀请到回答，一半在这之内；由分段计数估算。' },
    wait_p90: { word: '回答用时 P90', means: '从邀请到回答，九成在这之内；由分段计数估算。' },
    ask_unsent: { word: '邀请没发出', means: '通过检查，但客户端说取消或失败，或证实未发。' },
    ask_refused: { word: '邀请被拦下', means: '发送前被规则拦下的邀请。' },
    doctors: { word: '医生', means: '在用的医生记录；合并掉的不算。' },
    never: { word: '没问过', means: '没有表态，也没有邀请过。' },
    invited: { word: '已邀请', means: '邀请过，还没有表态。' },
    opted_in: { word: '已同意', means: '同意有效，可以发。' },
    outdated: { word: '待再确认', means: '同意过旧版，新版还没确认，不能发。' },
    expired: { word: '已过期', means: '同意过，已超过有效期，不能发。' },
    declined: { word: '不同意', means: '问过，医生选择不接收。' },
    withdrawn: { word: '已撤回', means: '同意过，后来撤回。' },
    reached_proven: { word: '存档证实', means: '这段时间至少一次有存档证实。' },
    reached_opened: { word: '医生打开过', means: '没有存档证实，但本人打开过至少一次。' },
    reached_client: { word: '仅客户端', means: '只有代表的企业微信说已接收。' },
    reached_none: { word: '没有', means: '这段时间没有任何收到的证据。' },
    counted: { word: '计入次数', means: '和发送规则里的次数限制同样的算法；证实未发的不算。' },
  },
  month: (name) => ({ word: name, means: `${name} 整月里，计入次数达到这一行的医生人数。` }),
  reason: (word) => ({ word, means: `被拦下的原因里有“${word}”的次数。` }),
  notes: {
    few: '少于 5 位医生的阅读数字不显示，避免认出个人；剩下的能推算出来时，最小的一组也不显示。',
    honest: '后来才知道的（如旧链接被打开）算回发送的那天，所以过去的数字会变。',
    doctors: zhDoctors,
    period: (from, until) => `${from} 至 ${until}（上海时间，含首尾两天）`,
  },
  total: '合计',
  none: '没有',
  units: { percent: '%', seconds: '秒', minutes: '分钟' },
}

/** The same in English. */
export const reportWordsEn: ReportWords = {
  kinds: {
    sends: {
      word: 'Sends by outcome',
      means:
        'Every send that passed the checks is in one column, by who vouches for it. No columns may be added up as “sent”. Invitations to consent are not included.',
    },
    refusals: {
      word: 'Blocked attempts',
      means:
        'Attempts that the rules blocked before anything was sent, and why. One attempt may have several reasons, so columns may add up to more. Invitations to consent are not included.',
    },
    reading: {
      word: 'Opening and reading',
      means:
        'Whether links were opened by the doctor they were for, and how far they were read. Reading is counted only of doctors who agree to its record; after a withdrawal also the past is left out.',
    },
    asks: {
      word: 'Invitations to consent',
      means: 'What doctors answered and how soon, on the day of the last invitation before the answer.',
    },
    standing: {
      word: 'Consent now',
      means:
        'Where every active doctor stands on receiving material at this moment, each in one column. The period does not matter.',
    },
    coverage: {
      word: 'Coverage',
      means:
        'Of active doctors, how many agreed and how many were reached in the period. Each is in one column, by the strongest evidence.',
    },
    pressure: {
      word: 'Sends per doctor',
      means: 'How many doctors had how many sends counting towards the limit in a month. Whole Shanghai months.',
    },
    contacted: {
      word: 'Ten most contacted',
      means: 'The ten doctors with most sends counting towards the limit in the period.',
    },
  },
  by: {
    week: 'Week',
    product: 'Product',
    document: 'Material',
    version: 'Version',
    rep: 'Rep',
    hospital: 'Hospital',
    specialty: 'Specialty',
    territory: 'Territory',
  },
  columns: {
    passed: {
      word: 'Passed checks',
      means: 'Released to a rep after all rules; the sum of the columns that follow, not a number of arrivals.',
    },
    'is:proven': { word: 'Proven', means: 'The chat archive holds the message, also when it was recalled later.' },
    'is:opened': { word: 'Opened by doctor', means: 'Not in the archive, but the addressed doctor opened the link.' },
    'is:client': { word: 'Client only', means: 'Only the rep’s WeCom says it accepted it; no other evidence.' },
    'is:unknown': { word: 'Unknown', means: 'No result by the deadline, also where there is only the rep’s own word.' },
    'is:cancelled': { word: 'Cancelled', means: 'The rep’s WeCom says it was cancelled.' },
    'is:failed': { word: 'Client failed', means: 'The rep’s WeCom says it did not accept it.' },
    'is:not_sent': { word: 'Proven not sent', means: 'The archive is complete without it, or compliance ruled so.' },
    'is:exception': { word: 'Exceptions', means: 'Contradicting reports, or ruled as sent by compliance.' },
    'is:open': { word: 'Pending', means: 'Just released, the deadline has not passed.' },
    refused: { word: 'Blocked', means: 'Blocked by the rules before sending; nothing left and no limit was used.' },
    link: { word: 'Links', means: 'Sends that passed as link cards; opening a file or picture cannot be seen.' },
    opened: { word: 'Opened', means: 'Of these, opened by the addressed doctor; others and previews do not count.' },
    opened_rate: { word: 'Open rate', means: 'Opened ÷ links.' },
    open_median: {
      word: 'Median to open',
      means: 'Half of the openings came within this time of release; estimated from ranges.',
    },
    read: {
      word: 'With reading record',
      means: 'Of those opened: the doctor agrees to the reading record and at least one page was recorded.',
    },
    read_all: { word: 'Read through', means: 'Of those with a reading record, every page was seen.' },
    read_share: { word: 'Mean share read', means: 'Mean share of pages seen, of those with a reading record.' },
    read_median: {
      word: 'Median reading',
      means: 'Half were before the doctor’s eyes at most this long; estimated from ranges.',
    },
    read_p90: {
      word: 'P90 reading',
      means: 'Nine of ten were before the doctor’s eyes at most this long; estimated from ranges.',
    },
    ask: {
      word: 'Invitations',
      means: 'Invitations to consent; those that never left by the client’s word are not included.',
    },
    ask_yes: { word: 'Agreed', means: 'The doctor’s first word after it, before another invitation, was yes.' },
    ask_no: {
      word: 'Did not agree',
      means: 'The doctor’s first word after it, before another invitation, was no or a withdrawal.',
    },
    ask_open: { word: 'No answer', means: 'Nothing said yet, or another invitation came first.' },
    agreed_rate: { word: 'Consent rate', means: 'Agreed ÷ invitations.' },
    wait_median: {
      word: 'Median to answer',
      means: 'Half of the answers came within this time; estimated from ranges.',
    },
    wait_p90: { word: 'P90 to answer', means: 'Nine of ten answers came within this time; estimated from ranges.' },
    ask_unsent: { word: 'Not sent', means: 'Passed the checks, but cancelled, failed or proven not sent.' },
    ask_refused: { word: 'Blocked', means: 'Invitations that the rules blocked.' },
    doctors: { word: 'Doctors', means: 'Active records of doctors; merged ones are not counted.' },
    never: { word: 'Never asked', means: 'Said nothing and was never invited.' },
    invited: { word: 'Asked', means: 'Invited, nothing said yet.' },
    opted_in: { word: 'Agreed', means: 'A consent in force.' },
    outdated: {
      word: 'To reconfirm',
      means: 'Agreed to an older text; the new one is not confirmed, so nothing may be sent.',
    },
    expired: { word: 'Expired', means: 'Agreed, but the consent ran out.' },
    declined: { word: 'Declined', means: 'Was asked and declined.' },
    withdrawn: { word: 'Withdrawn', means: 'Agreed and withdrew later.' },
    reached_proven: { word: 'Proven', means: 'At least one send in the period is proven by the archive.' },
    reached_opened: { word: 'Opened', means: 'None proven, but the doctor opened at least one.' },
    reached_client: { word: 'Client only', means: 'Only the rep’s WeCom says it accepted one.' },
    reached_none: { word: 'No evidence', means: 'Nothing in the period says that anything arrived.' },
    counted: {
      word: 'Counted sends',
      means: 'Counted as the sending limit counts; what is proven not sent is left out.',
    },
  },
  month: (name) => ({ word: name, means: `Doctors with as many counted sends as the row says in all of ${name}.` }),
  reason: (word) => ({ word, means: `Blocked attempts with “${word}” among their reasons.` }),
  notes: {
    few: 'Reading figures about fewer than 5 doctors are not shown, so that nobody can be recognised; where they could be worked out, the smallest other group is not shown either.',
    honest:
      'What becomes known later, such as an old link being opened, changes the day of the send, so past figures change.',
    doctors: 'Doctors count under their present hospital, specialty and territory; merged records are one person.',
    period: (from, until) => `${from} to ${until} (Shanghai days, both included)`,
  },
  total: 'Total',
  none: 'None',
  units: { percent: '%', seconds: 's', minutes: 'min' },
}
