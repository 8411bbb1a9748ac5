export type WelcomeLanguage = 'zh-CN' | 'en-US'

/** Until the company has said it otherwise. `{rep}` and `{company}` stand for the names. */
export const firstWords: Record<WelcomeLanguage, string> = {
  'zh-CN':
    '您好，我是{company}的医药代表{rep}。您同意接收以后，公司审核过的医学资料由我发给您；改了主意，随时可以在任一资料页里撤回。',
  'en-US':
    'Hello, I am {rep}, medical representative of {company}. Once you agree, I can send you medical material our company has approved. You can change your mind at any time, on any of its pages.',
}

/** Stands before the card that asks. Nothing in it is more than what the gate keeps. */
const askLine: Record<WelcomeLanguage, string> = {
  'zh-CN': '是否接收，由您决定：点下面的卡片，半分钟看完。您没有同意之前，不会给您发资料。',
  'en-US':
    'Whether you receive it is for you to decide: the card below takes half a minute. No material is sent before you agree.',
}

export type WelcomeNames = { rep: string; company: string }

/** What is said to a new contact, word for word. */
export function welcomeWords(
  wording: string,
  { language, names, asks }: { language: WelcomeLanguage; names: WelcomeNames; asks: boolean },
): string {
  const filled = wording.replaceAll('{rep}', names.rep).replaceAll('{company}', names.company).trim()
  return asks ? `${filled}\n${askLine[language]}` : filled
}
