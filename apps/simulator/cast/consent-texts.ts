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

export const consentTexts: ConsentText[] = [
  text(1, 'zh-CN', '接收医学资料的同意说明', summaryZh.slice(0, 2), oldBodyZh, { days: -430, at: '00:00' }),
  text(1, 'en-US', 'Consent to receive medical material', summaryEn.slice(0, 2), oldBodyEn, {
    days: -430,
    at: '00:00',
  }),
  text(2, 'zh-CN', '接收医学资料的同意说明', summaryZh, bodyZh, { days: -150, at: '00:00' }),
  text(2, 'en-US', 'Consent to receive medical material', summaryEn, bodyEn, { days: -150, at: '00:00' }),
]

function text(
  version: number,
  language: ConsentText['language'],
  title: string,
  summary: string[],
  body: string,
  activeFrom: When,
): ConsentText {
  const approvals = signed(version === 1 ? 435 : 156)
  return { version, language, title, summary, body, materialChange: version > 1, activeFrom, approvals }
}
