import type { Approval, ConsentText, When } from './world-types.ts'

function signed(daysAgo: number): Approval[] {
  return [
    {
      person: 'songjie',
      role: 'legal',
      meaning: '内容合法、准确',
      decision: 'approved',
      at: { days: -daysAgo, at: '10:05' },
    },
    {
      person: 'hejing',
      role: 'compliance',
      meaning: '符合公司合规要求',
      decision: 'approved',
      at: { days: -daysAgo, at: '15:30' },
    },
  ]
}

const bodyZh = `## 谁在请您同意
示例药业（江城市（示例）示范大道 1 号）是您的个人信息的处理者。您的医药代表想通过微信给您发送医学资料，先请您决定。

## 我们会用到什么
您的姓名、所在医院与科室、职称、微信联系人标识；我们发给您的资料清单和时间；如果您另外同意，还有您打开和阅读资料的页码与时长。我们不收集您的位置、通讯录，也不读取您与其他人的聊天。

## 用来做什么
只为三件事：发送您需要的医学资料；留存向谁、何时、发送了哪一版已批准资料的记录，供监管和内部核查；在您另外同意时，了解哪些资料有用。不会用于给患者推送，也不会出售或与无关方分享。

## 保存多久，谁能看到
在同意有效期内及其后 3 年保存，数据存放在中国境内。只有示例药业（中国）的有关人员能看到；审计人员可在限定期限内查阅。

## 您的权利
您可以随时查阅、更正、复制、删除您的信息，或撤回同意：打开任一资料页，在页面底部点“撤回同意”，两步完成，不需要登录，也不需要说明理由。撤回之前已经发生的处理不受影响。不同意或撤回，都不影响您与医药代表正常聊天，也不影响您获得药品安全信息。

## 联系我们
个人信息保护负责人：privacy@example.com，400-000-0000。您也可以向当地网信部门投诉。`

const bodyEn = `## Who is asking
Example Pharma (1 Model Avenue, Jiangcheng (Example)) decides how your personal information is used. Your medical representative would like to send you medical material by WeChat and asks you first.

## What we use
Your name, hospital, department and title, your WeChat contact identifier; the list and times of what we sent you; and, only if you agree separately, which pages you opened and for how long. We do not collect your location or address book and do not read your chats with anyone else.

## What for
Three things only: to send you medical material you may need; to keep a record of who received which approved version and when, for regulators and internal review; and, if you agree separately, to learn which material is useful. It is never used to reach patients, sold, or shared with unrelated parties.

## How long, and who can see it
While your consent lasts and 3 years after it, stored in mainland China. Only the people concerned at Example Pharma (China) can see it; auditors for a limited time.

## Your rights
You may see, correct, copy or delete your information, or withdraw consent at any time: open any material and tap “Withdraw consent” at the bottom. Two taps, no login, no reason needed. What was done before stays lawful. Declining or withdrawing does not affect your chats with the representative or the safety information you receive.

## Contact
Data protection officer: privacy@example.com, 400-000-0000. You may also complain to the local cyberspace administration.`

const summaryZh = [
  '我们会用到：姓名、医院、科室、微信联系人标识；您另外同意时，还有打开和阅读记录',
  '用来：发您要的资料；记录合规',
  '保存：同意有效期内及其后 3 年，存放在中国境内',
  '谁能看到：示例药业（中国）有关人员',
]

const summaryEn = [
  'We use: name, hospital, department, WeChat contact identifier; and, only if you agree separately, what you open and read',
  'What for: to send the material you need; to keep compliant records',
  'How long: while consent lasts and 3 years after, stored in mainland China',
  'Who can see it: the people concerned at Example Pharma (China)',
]

/** Version 1 said less: nothing about how long, and reading was not asked separately. So version 2 asks again. */
const oldBodyZh = bodyZh
  .replace(/## 保存多久[\s\S]*?\n\n/, '')
  .replace('；如果您另外同意，还有您打开和阅读资料的页码与时长', '，以及您打开资料的情况')
const oldBodyEn = bodyEn
  .replace(/## How long[\s\S]*?\n\n/, '')
  .replace(
    '; and, only if you agree separately, which pages you opened and for how long',
    ', and whether you opened it',
  )

const readingZh = `## 为什么另外问您
接收资料和留下阅读记录是两件事。您不同意这一项，照样可以阅读全部资料，页面不会有任何不同。

## 我们会用到什么
您打开了哪份资料、看了哪几页、每页停留多久。只统计屏幕上真正显示的时间；不记录位置、设备型号和网络地址。

## 用来做什么
了解哪些资料对您有用，少发您不需要的。您的医药代表能看到您读到第几页；不会用于评价您，也不会用于给患者推送。

## 保存多久，谁能看到
在同意有效期内及其后 1 年保存，存放在中国境内。您的医药代表和示例药业（中国）医学部可以看到；撤回之后不再记录。

## 您的权利
您可以随时在任一资料页底部撤回这一项，两步完成；接收资料的同意不受影响。`

const readingEn = `## Why this is asked apart
Receiving material and leaving a reading record are two things. Without this you can still read everything; the page looks the same.

## What we use
Which material you opened, which pages you looked at and for how long. Only time on a visible screen counts; no location, device or network address is kept.

## What for
To learn which material is useful and to send less of what is not. Your representative sees how far you read. It is never used to judge you or to reach patients.

## How long, and who can see it
While your consent lasts and 1 year after, stored in mainland China. Your representative and the medical department of Example Pharma (China) can see it. Nothing is recorded after you withdraw.

## Your rights
Withdraw this at the bottom of any material, in two taps; your consent to receive material is not touched.`

const archiveZh = `## 我们想请您同意什么
公司留存您与医药代表在企业微信里的聊天内容，供合规检查。您不同意也可以照常聊天和接收资料。

## 保存多久，谁能看到
加密保存 3 年，存放在中国境内；只有合规人员在有检查任务时可以查阅，每次查阅都有记录。

## 您的权利
随时可以撤回，撤回之后的聊天不再留存。`

const archiveEn = `## What we would ask
That the company keeps your chats with your representative in WeCom for compliance checks. Without this you chat and receive material as before.

## How long, and who can see it
Encrypted for 3 years in mainland China; compliance staff can look only for an assigned check, and every look is recorded.

## Your rights
Withdraw at any time; chats after that are no longer kept.`

const longAgo: When = { days: -430, at: '00:00' }
const inForce: When = { days: -150, at: '00:00' }
const receiveZh = '接收医学资料的同意说明'
const receiveEn = 'Consent to receive medical material'

/** One sequence of versions over all purposes, each purpose with texts of its own. The archive is only being drafted. */
export const consentTexts: ConsentText[] = [
  text({ version: 1, title: receiveZh, summary: summaryZh.slice(0, 2), body: oldBodyZh, activeFrom: longAgo }),
  text({ version: 1, title: receiveEn, summary: summaryEn.slice(0, 2), body: oldBodyEn, activeFrom: longAgo }, 'en-US'),
  text({ version: 2, title: receiveZh, summary: summaryZh, body: bodyZh, activeFrom: inForce }),
  text({ version: 2, title: receiveEn, summary: summaryEn, body: bodyEn, activeFrom: inForce }, 'en-US'),
  text({
    ...{ version: 3, purpose: 'reading_record', title: '阅读记录的同意说明', body: readingZh, activeFrom: inForce },
    summary: ['我们会用到：打开了哪份资料、看了哪几页、停留多久', '用来：少发您不需要的资料', '不同意也能阅读全部资料'],
  }),
  text(
    {
      ...{ version: 3, purpose: 'reading_record', title: 'Consent to a reading record', body: readingEn },
      summary: [
        'We use: what you open, which pages, for how long',
        'What for: to send less of what you do not need',
        'You can read everything without agreeing',
      ],
      activeFrom: inForce,
    },
    'en-US',
  ),
  text({
    ...{ version: 4, purpose: 'archive', title: '留存聊天记录的同意说明', body: archiveZh, activeFrom: null },
    summary: ['我们想留存：您与医药代表在企业微信里的聊天', '用来：合规检查', '不同意不影响聊天和接收资料'],
  }),
  text(
    {
      ...{ version: 4, purpose: 'archive', title: 'Consent to keep chats', body: archiveEn, activeFrom: null },
      summary: ['We would keep: your chats with your representative', 'What for: compliance checks', 'Optional'],
    },
    'en-US',
  ),
]

type Told = Pick<ConsentText, 'version' | 'title' | 'summary' | 'body' | 'activeFrom'> & Partial<ConsentText>

/** What has no day to begin on is a draft, signed by nobody. */
function text(told: Told, language: ConsentText['language'] = 'zh-CN'): ConsentText {
  const { version, activeFrom } = told
  const approvals = activeFrom ? signed(version === 1 ? 435 : 156) : []
  return { purpose: 'receive', ...told, language, materialChange: version > 1, author: 'chenchen', approvals }
}
