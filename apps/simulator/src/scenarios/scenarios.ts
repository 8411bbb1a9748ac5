import type { Scenario } from './scenario.ts'

type Words = [zh: string, en: string]

const zhangWei = 'wmDemoZhangWei'

/** A scenario of Wang Lei in the chat with Zhang Wei on an Android phone, but for what is changed. */
function scenario(code: string, title: Words, hint: Words, changes: Partial<Scenario> = {}): Scenario {
  return {
    code,
    title: { zh: title[0], en: title[1] },
    hint: { zh: hint[0], en: hint[1] },
    rep: 'wanglei',
    hcp: zhangWei,
    entry: 'single_chat_tools',
    platform: 'android',
    ...changes,
  }
}

/** Every state of ux.md section 8, reachable as `?s=<code>`. */
export const scenarios: Scenario[] = [
  scenario(
    'normal',
    ['正常发送', 'A normal send'],
    [
      '选一份资料发给张伟，再到右边的手机上打开。',
      'Send a piece to Zhang Wei, then open it on the phone at the right.',
    ],
  ),
  scenario(
    'first-contact',
    ['刚加上好友', 'Just connected'],
    ['昵称看不出是谁，先对上医生，再邀请。', 'The nickname tells nothing: match the doctor first, then invite.'],
    { hcp: 'wmDemoStillWater' },
  ),
  scenario(
    'no-consent',
    ['从未邀请', 'Never asked'],
    [
      '李敏还没被问过：资料看得见，发不出，旁边就是邀请。',
      'Li Min was never asked: pieces are visible, blocked, and the invitation is one tap away.',
    ],
    { hcp: 'wmDemoLiMin' },
  ),
  scenario(
    'invited',
    ['已邀请，等决定', 'Invited, waiting'],
    ['邀请已发给王芳。在右边替她决定。', 'The invitation went to Wang Fang. Decide for her at the right.'],
    { hcp: 'wmDemoWangFang' },
  ),
  scenario(
    'declined',
    ['医生拒绝了', 'Declined'],
    ['赵强选择不接收；一段时间内不能再问。', 'Zhao Qiang declined; asking again is closed for a while.'],
    { hcp: 'wmDemoZhaoQiang' },
  ),
  scenario(
    'withdrawn',
    ['医生撤回了同意', 'Consent withdrawn'],
    [
      '陈洁先同意，后撤回；以前的链接也不再显示。',
      'Chen Jie agreed, then withdrew; earlier links show nothing any more.',
    ],
    { hcp: 'wmDemoChenJie' },
  ),
  scenario(
    'consent-outdated',
    ['同意书有新版', 'Consent text changed'],
    ['周涛同意的是旧版，需要再确认。', 'Zhou Tao agreed to an earlier text and has to confirm.'],
    { hcp: 'wmDemoZhouTao' },
  ),
  scenario(
    'unmatched',
    ['没对上联系人', 'Not matched'],
    ['“Dr.Z 仁和”可能是三位张伟中的一位。', '“Dr.Z 仁和” may be one of three doctors called Zhang Wei.'],
    { hcp: 'wmDemoUnmatched' },
  ),
  scenario(
    'same-name',
    ['同名医生', 'Same name'],
    ['另一家医院的张伟：看清医院和科室。', 'A Zhang Wei of another hospital: mind hospital and department.'],
    { hcp: 'wmDemoZhangWei2', platform: 'windows' },
  ),
  scenario(
    'out-of-territory',
    ['不在本片区', 'Other territory'],
    ['阿依古丽在西北片区，王磊只能看。', 'Ayguli is in another territory; Wang Lei can only look.'],
    { hcp: 'wmDemoAyi' },
  ),
  scenario(
    'cap-near',
    ['本月还剩 1 次', 'One left this month'],
    ['黄磊本月还可收 1 次。', 'Huang Lei can get one more this month.'],
    { hcp: 'wmDemoHuangLei' },
  ),
  scenario(
    'cap-reached',
    ['本月次数已满', 'Limit reached'],
    ['刘颖本月已满，所有代表合计。', "Liu Ying has had this month's sends, over all reps."],
    { hcp: 'wmDemoLiuYing' },
  ),
  scenario(
    'quiet-hours',
    ['休息时间', 'Quiet hours'],
    [
      '22:00 到 8:00（上海）之间打开就能看到；服务器的钟不归模拟器管，也可在后台改时段。',
      "Seen when opened between 22:00 and 8:00 Shanghai time; the server's clock is not ours, but the hours can be changed in the console.",
    ],
  ),
  scenario(
    'expiring',
    ['快到期的资料', 'A piece about to expire'],
    ['资料列表里标着“天后到期”的那份。', 'See the piece in the list that says how many days are left.'],
  ),
  scenario(
    'expired',
    ['已过期的资料', 'An expired piece'],
    [
      '搜索后，过期的那份看得见，发不出，旁边是新版。',
      'Search: the expired piece is visible, blocked, with what to use instead.',
    ],
  ),
  scenario(
    'recalled',
    ['已撤回的资料', 'A withdrawn piece'],
    [
      '撤回的资料写明原因；在后台撤回一份，看两边同时变化。',
      'A withdrawn piece says why; withdraw one in the console and watch both sides change.',
    ],
  ),
  scenario(
    'superseded',
    ['资料有新版', 'A newer version'],
    ['旧版不能发，直接给出新版。', 'The old version is blocked and offers the new one.'],
  ),
  scenario(
    'resend',
    ['最近发过', 'Sent recently'],
    [
      '发一份，再发同一份：会说几天前发过、读了几页。',
      'Send a piece twice: the second time it says when and how far it was read.',
    ],
  ),
  scenario(
    'group',
    ['群聊里打开', 'Opened in a group'],
    ['群里只能看，不能发。', 'In a group one can look but not send.'],
    { entry: 'group_chat_tools', platform: 'windows' },
  ),
  scenario(
    'workbench',
    ['从工作台打开', 'Opened from the workbench'],
    ['没有聊天就没有收件人，先选一位医生。', 'No chat, no addressee: choose a doctor first.'],
    { entry: 'normal', platform: 'windows' },
  ),
  scenario(
    'chat-switch',
    ['换了聊天', 'Chat switched'],
    [
      '电脑上侧边栏不会重开，也没有通知：打开一份资料，在左边换一位医生，再点发送。',
      'On a PC the panel stays and nobody tells it: open a piece, choose another doctor at the left, then press send.',
    ],
    { hcp: 'wmDemoHeJun', platform: 'windows', faults: { silentChatSwitch: true } },
  ),
  scenario('offline', ['断网', 'Offline'], ['代表的手机没有网。', "The rep's phone has no network."], {
    network: 'offline',
  }),
  scenario('slow', ['网络很慢', 'A slow network'], ['看骨架屏和提示。', 'See the skeleton and what is said.'], {
    network: 'slow',
  }),
  scenario(
    'signature',
    ['签名被拒一次', 'Signature refused once'],
    ['第一次验证不通过（40093），换新的再来。', 'The first check fails (40093) and is renewed.'],
    { faults: { signatureRefusals: 1 } },
  ),
  scenario(
    'cancel',
    ['代表取消', 'The rep cancels'],
    ['企业微信的确认框一律取消：次数不扣。', "WeCom's confirm sheet is always cancelled: the limit is not used."],
    { faults: { confirm: 'cancel' } },
  ),
  scenario(
    'refused',
    ['企业微信拒绝', 'WeCom refuses'],
    [
      '客户端回 invalid param：没发出去，次数不扣。',
      'The client answers invalid param: nothing went out, the limit is not used.',
    ],
    { faults: { bridgeFault: 'send-refused' } },
  ),
  scenario(
    'unknown',
    ['结果未知', 'Result unknown'],
    ['消息发出了，但客户端一直不回答。', 'The message went out, but the client never answers.'],
    { hcp: 'wmDemoLuoChenxi', faults: { bridgeFault: 'silent' } },
  ),
  scenario(
    'old-client',
    ['客户端太旧', 'An old client'],
    ['企业微信 2.7.2，没有发送接口。', 'WeCom 2.7.2 has no such call.'],
    { faults: { bridgeFault: 'old-client' } },
  ),
  scenario(
    'further-device',
    ['医生换了手机', 'Another phone of the doctor'],
    ['同一位医生，另一部手机：轻点一次认出来。', 'The same doctor on another phone: recognised by one tap.'],
    { hcp: 'wmDemoHuKun', visitor: 'doctor-second-device' },
  ),
  scenario(
    'wrong-reader',
    ['转给了别人', 'Passed on to another'],
    ['先发一份给曹雅文；打开链接的却是李敏。', 'Send a piece to Cao Yawen; it is Li Min who opens it.'],
    { hcp: 'wmDemoCaoYawen', visitor: 'other-doctor:wmDemoLiMin' },
  ),
  scenario(
    'snapshot',
    ['快照页身份', 'A snapshot identity'],
    ['微信给的是虚拟身份，认不出是谁。', 'WeChat gives a virtual identity that is nobody.'],
    { hcp: 'wmDemoZhuYun', visitor: 'snapshot' },
  ),
  scenario(
    'empty',
    ['还没有备案', 'Nothing assigned'],
    ['孙悦没有备案，没有可发的资料。', 'Sun Yue has no filing and nothing to send.'],
    { rep: 'sunyue', hcp: 'wmDemoCaoYawen' },
  ),
  scenario(
    'paused',
    ['医生要求暂停', 'Paused by the doctor'],
    ['吴萍要求暂停一段时间。', 'Wu Ping asked for a pause.'],
    { hcp: 'wmDemoWuPing' },
  ),
  scenario(
    'unverified',
    ['医生身份未核实', 'Doctor not verified'],
    ['郑凯的执业信息还没核实。', "Zheng Kai's licence is not verified yet."],
    { hcp: 'wmDemoUnverified' },
  ),
  scenario(
    'stranger',
    ['陌生人打开', 'Opened by a stranger'],
    ['不是客户的微信用户打开了链接。', 'A WeChat user who is no contact opens the link.'],
    { hcp: 'wmDemoSongJia', visitor: 'stranger' },
  ),
  scenario(
    'lost-answer',
    ['答复丢了', 'The answer is lost'],
    [
      '服务器记下了，手机没收到答复：再点一次不会发两次。',
      'The server took it, the phone never heard: tapping again sends nothing twice.',
    ],
    { hcp: 'wmDemoHanXue', network: 'drop-once', faults: { strikePath: '/sends' } },
  ),
  scenario(
    'crowd',
    ['两万位联系人', 'Twenty thousand contacts'],
    [
      '王磊多了两万位联系人，没有任何通知：到控制台“联系人同步”里看着补上。',
      'Wang Lei has twenty thousand more contacts, and no message told of them: watch the contact sync of the console add them.',
    ],
    { crowd: 20_000 },
  ),
]
