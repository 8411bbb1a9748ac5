import { computed } from 'vue'
import { useText } from './index.ts'

/** What is said of one kind of file beside the words that all have. */
export type UploadWords = {
  label: string
  hint: string
  choose: string
  other: string
  remove: string
  stored: (fileName: string) => string
  refused: (problem: string) => string
  lost: string
}

/** The words of a file on its way, whatever it is. */
const zh = {
  progress: '上传进度',
  reading: '正在读取',
  sending: (percent: number) => `正在上传 ${percent}%`,
  waiting: (percent: number) => `网络断了，已上传 ${percent}%，有网络后自动接着传`,
  checking: '正在检查',
  failed: (lost: string, why: string) => `${lost}。${why}。`,
  again: '接着传',
}

type Words = typeof zh

const en: Words = {
  progress: 'Upload',
  reading: 'Reading the file',
  sending: (percent) => `Uploading ${percent}%`,
  waiting: (percent) => `No network; ${percent}% uploaded. It goes on by itself`,
  checking: 'Checking the file',
  failed: (lost, why) => `${lost}. ${why}.`,
  again: 'Continue uploading',
}

/** The page's words name the other language, to which one can change. */
export function useUploadText() {
  const t = useText()
  return computed<Words>(() => (t.value.language.code === 'en' ? zh : en))
}
