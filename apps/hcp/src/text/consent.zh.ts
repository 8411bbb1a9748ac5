/** What is asked, what was answered and how it is taken back, in Chinese. */
export const consent = {
  purpose: { receive: '接收医学资料', reading_record: '记录我的阅读情况', archive: '保存我与医药代表的聊天' },
  state: {
    never: '还没有决定',
    invited: '等您决定',
    opted_in: '同意',
    declined: '暂不同意',
    withdrawn: '已撤回',
    outdated: '说明有新版，等您再确认',
    expired: '同意已到期',
  },
  version: (version: number) => `同意书 v${version}`,

  ask: {
    heading: (name: string | null) => (name ? `${name}医生，您好` : '医生，您好'),
    who: (sender: string | null, company: string) =>
      sender
        ? `${sender}（${company}医药代表）想通过微信给您发医学资料，先请您决定。`
        : `${company}想通过微信给您发医学资料，先请您决定。`,
    full: (minutes: number) => `看完整说明 · 约 ${minutes} 分钟`,
    fullOf: (purpose: string) => `${purpose}：说明`,
    boxes: '请分别选择',
    optional: '可不选',
    agree: '同意',
    decline: '暂不同意',
    identity: '点按钮后由微信核对您的身份标识，不用登录，不读取聊天、头像和通讯录。',
    free: (sender: string | null) =>
      `不同意不影响您和${sender ?? '医药代表'}正常聊天。随时可在任一页面底部撤回，两步完成。`,
    missing: '还没有记录。要接收资料，请先勾选“接收医学资料”，再点“同意”。',
    replaced: '说明刚换了新版，您的选择还没有记录。请看过变化，再点一次；您刚才勾选的都还在。',
    changes: '变了什么',
    added: '新增',
    removed: '删去',
  },

  record: {
    opted_in: '已记录：您同意接收医学资料',
    declined: '已记录：您暂不同意',
    withdrawn: '您已撤回同意',
    line: (state: string, at: string | null) => (at ? `${state} · ${at}` : state),
    forWhom: (company: string, sender: string | null) =>
      sender ? `由${company}保存；${sender}会看到您的决定。` : `由${company}保存；给您发资料的医药代表会看到您的决定。`,
    notAsked: (date: string) => `${date} 之前不会再问您。`,
    howWithdraw: '想撤回：点任一页面底部的“撤回同意”，再确认一次。',
    waiting: '有一份资料在等您',
    change: '改变决定',
    again: '重新看同意书',
    back: '可以关掉这一页，回到聊天。',
  },

  withdrawn: {
    heading: '已撤回同意',
    nothing: '没有需要撤回的同意',
    nothingExplain: '您现在没有生效的同意，公司不会通过这里给您发医学资料。',
    at: (at: string) => `${at} 起生效。`,
    stops: {
      receive: '不再给您发医学资料；已经发出的链接也不再展示内容。',
      reading_record: '不再记录您看了哪些页、看了多久。',
      archive: '不再保存您与医药代表之后的聊天。',
    },
    stays: '撤回之前的发送和同意记录依法保留，不会用来再联系您。您和医药代表的聊天不受影响。',
    undo: '点错了？重新同意',
  },
}
