import type { MappingProblem, QuarantineReason, VaultHold, VaultProblem } from '@vouch/contract'

/** `word` stands in the row, `means` says what happened and what did not, `help` what to do. */
export type Told = { word: string; means: string; help: string }

const stays = '已发出的链接仍是批准过的那一份。'

/** Why a version that Veeva Vault calls approved is not believed. */
const quarantined: Record<QuarantineReason, Told> = {
  lower_version: {
    word: '版本变低了',
    means: '这里发布过更高的版本，Vault 现在说较低的一版有效。没有用旧版顶替新版。',
    help: '请 Vault 负责人确认：不再用新版，就在 Vault 撤回它；还要用旧内容，请批准一个更高的版本。改好后放行重查。',
  },
  ended_before: {
    word: '已结束的又变成有效',
    means: '这一版在这里已撤回、到期或被代替，结束了的不会恢复。',
    help: '还要用，请在 Vault 批准一个新版本。不用的话不必处理。',
  },
  bytes_changed: {
    word: '同一版本换了文件',
    means: `版本号没变，文件却不是批准时的那一份。现在不能再发，${stays}`,
    help: '请 Vault 负责人查谁换了文件。换回原来的文件后放行重查；要用新文件，请批准一个新版本。',
  },
  fields_changed: {
    word: '同一版本改了内容',
    means: `版本号没变，标题、到期日等却和批准时不同。现在不能再发，${stays}`,
    help: '核对下面的不同。同意就放行，会重新核对签名和文件，再按现在的内容发布；不同意，请在 Vault 改回。',
  },
  expiry_missing: {
    word: '没有到期日',
    means: '没有到期日的资料不能发。',
    help: '在 Vault 填上到期日，下一次核对会自动重看。',
  },
  approval_expired: {
    word: '批准已过期',
    means: 'Vault 说它有效，到期日却已过。',
    help: '在 Vault 延长到期日或批准新版本，下一次核对会自动重看。',
  },
  not_mapped: {
    word: '字段的值没有对应',
    means: 'Vault 里的一个值不知道对应什么，所以没有发布。',
    help: '请系统管理员在字段对应里加上这个值，或在 Vault 里更正。',
  },
  approvers_missing: {
    word: '没有审批签名',
    means: '在 Vault 的记录里找不到这一版的审批签名。',
    help: '请 Vault 负责人补齐审批签名。签名的含义没有列进字段对应时，也会这样。',
  },
  one_approver_only: {
    word: '签名的人不够',
    means: '签名的人少于规定的人数。',
    help: '请 Vault 负责人补齐签名，下一次核对会自动重看。',
  },
  same_approver_twice: {
    word: '同一个人签了几次',
    means: '签名数够了，但出自同一个人。',
    help: '请另一位审批人在 Vault 签名，下一次核对会自动重看。',
  },
  signature_too_old: {
    word: '签名太久',
    means: '审批签名超过了规定的有效天数。',
    help: '请在 Vault 重新审批，下一次核对会自动重看。',
  },
  card_not_fit: {
    word: '卡片文字不合要求',
    means: '卡片上的文字太长、没有填，或有看不见的字符。',
    help: '在 Vault 更正标题或卡片文字，下一次核对会自动重看。',
  },
  file_not_usable: {
    word: '文件不能显示',
    means: '文件的格式或内容不能在医生的手机上显示。',
    help: '在 Vault 换上合格的文件并批准新版本。',
  },
  braked: {
    word: '发布暂停，等待放行',
    means: '一分钟内要发布的太多，先停下等人核对。',
    help: '和 Vault 负责人核对数量后，在上面放行。',
  },
}

/** Why a published piece rests or ended although nothing contradicts. */
const held: Record<VaultHold, Told> = {
  no_approved_version: {
    word: 'Vault 里没有批准的版本',
    means: `Vault 里只剩草稿。现在不能再发，${stays}`,
    help: '在 Vault 批准一个版本后自动恢复。',
  },
  state_not_sendable: {
    word: 'Vault 里的状态不能发送',
    means: `它在 Vault 里的状态不在可发送之列。现在不能再发，${stays}`,
    help: '在 Vault 恢复批准状态后自动恢复。这个状态本该能发的话，请系统管理员加进字段对应。',
  },
  newest_not_usable: {
    word: 'Vault 里最新的一版已停用',
    means: 'Vault 里更新的一版已撤回、到期或作废，这一版随之结束。',
    help: '还要用，请在 Vault 批准一个新版本。',
  },
  is_binder: {
    word: 'Vault 里它成了合集',
    means: `合集（binder）不能作为一份资料发送。现在不能再发，${stays}`,
    help: '请在 Vault 里批准其中的单份资料。',
  },
  is_crosslink: {
    word: 'Vault 里它成了引用',
    means: `引用（crosslink）指向别处的文件，不能发送。现在不能再发，${stays}`,
    help: '请在 Vault 里用原文件批准一个版本。',
  },
  not_for_channel: {
    word: 'Vault 里去掉了企业微信标记',
    means: `它不再标为可用于企业微信。现在不能再发，${stays}`,
    help: '在 Vault 里加回标记后自动恢复。',
  },
  withdrawal_date_reached: {
    word: '到了 Vault 写的撤回日期',
    means: '撤回日期已到，已在这里撤回。',
    help: '还要用，请在 Vault 批准一个新版本。',
  },
  vault_expired: {
    word: 'Vault 里已到期',
    means: '到期日已到，已在这里到期。',
    help: '还要用，请在 Vault 批准一个新版本。',
  },
  not_in_vault: {
    word: 'Vault 里找不到',
    means: `文档不在了，或接口账号没有权限看。现在不能再发，${stays}`,
    help: '请 Vault 负责人检查接口账号的权限。看得到之后自动恢复。',
  },
  newer_in_vault: {
    word: 'Vault 里有更新的版本',
    means: `新版还没有在这里发布，旧版先不发。${stays}`,
    help: '新版发布后自动接替，通常几分钟。新版若在待核对里，先处理它。',
  },
  deleted_in_vault: {
    word: 'Vault 里已删除',
    means: '文档已从 Vault 删除，已在这里撤回。',
    help: '还要用，请在 Vault 重新建立并批准。',
  },
}

/** Why Veeva Vault cannot be asked. What is approved stays sendable meanwhile. */
const problems: Record<VaultProblem, Told> = {
  unreachable: {
    word: '连不上 Veeva Vault',
    means: '网络不通，或对方没有回应。每分钟自动再试。',
    help: '请检查地址、网络和防火墙；Vault 升级维护时会自动恢复。',
  },
  rate_limited: {
    word: 'Veeva Vault 要求稍后再问',
    means: '接口额度快用完，或对方正忙。时间一到自动继续。',
    help: '不必处理。经常这样的话，请 Vault 负责人看接口用量。',
  },
  configuring: {
    word: 'Veeva Vault 正在调整配置',
    means: '对方处于配置模式，几分钟后自动再试。',
    help: '不必处理。时间很长的话，请问 Vault 负责人。',
  },
  refused: {
    word: 'Veeva Vault 拒绝了请求',
    means: '这次核对没有做完，每分钟自动再试。',
    help: '多半是接口账号的权限或字段变了。请 Vault 负责人检查权限，再看字段对应。',
  },
  sign_in_stopped: {
    word: '登录不了 Veeva Vault，已停止尝试',
    means: '反复尝试会锁住账号，所以停下等人处理。',
    help: '请在 Vault 解锁接口账号或更新 VAULT_USER、VAULT_PASSWORD 后重启服务，再按“立即核对”。',
  },
  other_vault: {
    word: '登录到了另一个 Vault',
    means: '接口账号得到的不是字段对应所属的那个 Vault，什么都没有读取。',
    help: '请检查 VAULT_URL 和接口账号的权限。同一套数据不能换另一个 Vault。改好后按“立即核对”。',
  },
  unexpected_answer: {
    word: 'Veeva Vault 的回答看不懂',
    means: '回答不是接口说明里的样子，这次核对没有做完，每分钟自动再试。',
    help: '请检查 VAULT_API_VERSION，以及中间有没有代理改动内容。',
  },
}

/** What Veeva Vault itself calls it, where that tells more. */
const types: Record<string, string> = {
  USERNAME_OR_PASSWORD_INCORRECT: '用户名或密码不对',
  NO_PASSWORD_PROVIDED: '没有给密码',
  USER_LOCKED_OUT: '账号被锁',
  PASSWORD_CHANGE_REQUIRED: '密码要更新',
  INACTIVE_USER: '账号已停用',
  API_LIMIT_EXCEEDED: '接口额度用完',
  INSUFFICIENT_ACCESS: '权限不够',
  ENOTFOUND: '找不到这个地址',
  ECONNREFUSED: '对方拒绝连接',
  ETIMEDOUT: '对方没有回应',
}

const mapping: Record<MappingProblem | 'not_connected' | 'bad_shape', string> = {
  not_in_vault: 'Vault 里没有这个字段，或接口账号看不到',
  unknown_value: '右边有这里没有的值',
  also_sendable: '同一个状态不能既可发送又停用',
  not_connected: '还没有连接 Veeva Vault',
  bad_shape: '没有填，或格式不对',
}

export const vaultWords = { quarantined, held, problems, types, mapping }
export type VaultWords = typeof vaultWords
