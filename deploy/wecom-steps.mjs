/** What the pictures of the set-up guide show: the way through the menus, and each line with what goes into it. */
const both = (zh, en) => ({ zh, en })
const same = (text) => ({ zh: text, en: text })
const domain = 'vouch.example.com'
const app = (...more) => ({
  zh: ['应用管理', '准信', ...more.map(([zh]) => zh)],
  en: ['App Management', 'Vouch', ...more.map(([, en]) => en)],
})

export const pictures = {
  'corp-id': {
    way: both(['我的企业', '企业信息'], ['My Company', 'Company info']),
    rows: [
      { label: both('企业名称', 'Company name'), value: both('示例制药', 'Example Pharma') },
      { label: both('企业 ID', 'Corp ID'), value: same('ww0123456789abcdef'), number: 1 },
    ],
  },
  'new-app': {
    way: both(['应用管理', '自建', '创建应用'], ['App Management', 'Self-built', 'Create app']),
    rows: [
      { label: both('应用名称', 'Name'), value: both('准信', 'Vouch') },
      {
        label: both('可见范围', 'Visible range'),
        value: both('全部代表；用控制台的人', 'all reps; people of the console'),
        number: 1,
      },
      { label: same('AgentId'), value: same('1000002'), number: 2 },
      { label: same('Secret'), value: both('推送到管理员的手机', "pushed to the administrator's phone"), number: 3 },
    ],
  },
  domain: {
    way: app(['网页授权及JS-SDK', 'Web authorisation and JS-SDK']),
    rows: [
      { label: both('OAuth 回调域名', 'OAuth callback domain'), value: same(domain), number: 1 },
      { label: both('JS-SDK 可信域名', 'JS-SDK domain'), value: same(domain), number: 2 },
      { label: both('校验文件', 'Proof file'), value: same('WW_verify_AbC123dEf456GhI7.txt'), number: 3 },
    ],
  },
  login: {
    way: app(['企业微信授权登录', 'WeCom web login']),
    rows: [{ label: both('授权回调域', 'Callback domain'), value: same(domain), number: 1 }],
  },
  ip: {
    way: app(['企业可信IP', 'Trusted IP']),
    rows: [{ label: both('服务器出口 IP', 'Egress IP'), value: same('203.0.113.8;203.0.113.9'), number: 1 }],
  },
  callback: {
    way: app(['接收消息', 'Receive messages'], ['设置API接收', 'Set API receiving']),
    rows: [
      { label: same('URL'), value: same(`https://${domain}/wecom/callback`), number: 1 },
      {
        label: same('Token'),
        value: both('与 WECOM_CALLBACK_TOKEN 相同', 'the same as WECOM_CALLBACK_TOKEN'),
        number: 2,
      },
      {
        label: same('EncodingAESKey'),
        value: both('与 WECOM_CALLBACK_AES_KEY 相同', 'the same as WECOM_CALLBACK_AES_KEY'),
        number: 3,
      },
      { label: both('外部联系人变更回调', 'External contact changes'), value: both('☑ 勾选', '☑ ticked'), number: 4 },
      { label: same(''), value: both('保存', 'Save'), button: true, number: 5 },
    ],
  },
  contact: {
    way: both(['客户联系', '权限配置'], ['Customer Contact', 'Permissions']),
    rows: [
      { label: both('使用范围', 'Who may use it'), value: both('全部代表', 'all reps'), number: 1 },
      { label: both('可调用接口的应用', 'Apps that may call'), value: both('准信', 'Vouch'), number: 2 },
      { label: both('欢迎语', 'Welcome'), value: both('留空', 'left empty'), number: 3 },
    ],
  },
  toolbar: {
    way: both(['客户联系', '聊天工具', '聊天工具栏管理'], ['Customer Contact', 'Chat tools', 'Chat toolbar']),
    rows: [
      { label: both('页面名称', 'Page name'), value: both('准信', 'Vouch'), number: 1 },
      { label: both('页面地址', 'Page address'), value: same(`https://${domain}/sidebar/`), number: 2 },
      { label: both('显示在', 'Shown in'), value: both('单聊', 'single chats'), number: 3 },
    ],
  },
}
