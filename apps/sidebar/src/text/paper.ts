import { computed } from 'vue'
import { fullDay } from './format.ts'
import { useText } from './index.ts'
import type { UploadWords } from './upload.ts'

type Purpose = 'receive' | 'reading_record' | 'archive'

const zhScan: UploadWords = {
  label: '同意书的照片或扫描件',
  hint: 'JPEG、PNG 或 PDF，20 MB 以内。签名和日期要看得清。',
  choose: '拍照或选文件',
  other: '换一张',
  remove: '不用这张',
  stored: (name) => `已上传：${name}`,
  refused: (problem) =>
    ({
      too_large: '文件太大，超过 20 MB。请重新拍照。',
      not_supported: '只能用 JPEG、PNG 或 PDF。请重新拍照。',
      encrypted: 'PDF 有密码，看不了。请重新拍照。',
    })[problem] ?? '这个文件用不了。请重新拍照，或换一份 PDF。',
  lost: '没有传上去',
}

/** The words of a consent on paper; they travel with its sheet and not with the first page. */
const zh = {
  open: '登记纸质同意',
  title: (name: string) => `登记 ${name} 的纸质同意`,
  means: '合规同事对照照片确认后才算同意，您不能确认自己登记的。',
  mine: '您登记的纸质同意',
  stage: {
    waiting: '等合规确认，现在还不能发',
    confirmed: '已确认',
    rejected: '被退回',
  },
  line: (purposes: readonly string[], signedAt: Date) => `${purposes.join('、')} · 签于 ${fullDay(signedAt)}`,
  reason: (reason: string) => `原因：${reason}`,
  failed: '登记过的没有读到',
  scan: zhScan,
  purposes: '医生同意哪些（照着纸上一项一项勾）',
  purpose: { receive: '接收医学资料', reading_record: '记录阅读情况', archive: '聊天存档' } satisfies Record<
    Purpose,
    string
  >,
  noText: '还没有生效的同意书，登记不了。请联系合规。',
  signedOn: '签署日期',
  language: '纸面语言',
  languages: { 'zh-CN': '中文', 'en-US': '英文' },
  note: '说明（可不填）',
  give: '提交，等合规确认',
  given: '已登记，等合规确认',
}

type Words = typeof zh

const en: Words = {
  open: 'Enter a paper consent',
  title: (name) => `Paper consent of ${name}`,
  means: 'It counts once compliance has confirmed it against the photo. You cannot confirm what you entered.',
  mine: 'Paper consents you entered',
  stage: {
    waiting: 'Waits for compliance; nothing can be sent yet',
    confirmed: 'Confirmed',
    rejected: 'Rejected',
  },
  line: (purposes, signedAt) => `${purposes.join(', ')} · signed ${fullDay(signedAt)}`,
  reason: (reason) => `Reason: ${reason}`,
  failed: 'What was entered before could not be read',
  scan: {
    label: 'Photo or scan of the paper',
    hint: 'JPEG, PNG or PDF up to 20 MB. Signature and date must be readable.',
    choose: 'Take a photo or choose a file',
    other: 'Choose another',
    remove: 'Remove',
    stored: (name) => `Uploaded: ${name}`,
    refused: (problem) =>
      ({
        too_large: 'The file is larger than 20 MB. Take the photo again.',
        not_supported: 'Only JPEG, PNG or PDF. Take the photo again.',
        encrypted: 'The PDF has a password. Take a photo instead.',
      })[problem] ?? 'This file cannot be used. Take the photo again, or choose a PDF.',
    lost: 'It was not uploaded',
  },
  purposes: 'What the doctor agrees to (as ticked on the paper)',
  purpose: { receive: 'Receiving material', reading_record: 'Reading record', archive: 'Chat archive' },
  noText: 'No consent text is in force, so no paper can be entered. Ask compliance.',
  signedOn: 'Signed on',
  language: 'Language of the paper',
  languages: { 'zh-CN': 'Chinese', 'en-US': 'English' },
  note: 'Note (optional)',
  give: 'Submit for confirmation',
  given: 'Entered; waits for compliance',
}

export function usePaperText() {
  const t = useText()
  return computed<Words>(() => (t.value.language.code === 'en' ? zh : en))
}
