export type WelcomeLanguage = 'zh-CN' | 'en-US'

/** Until the company has said it otherwise. `{rep}` and `{company}` stand for the names. */
export const firstWords: Record<WelcomeLanguage, string> = {
  'zh-CN':
    '您好，我是{company}的医药代表{rep}。公司审核过的医学资料，以后由我发给您；您不想收，随时告诉我，也可以自己在任一资料页里撤回。',
  'en-US':
    'Hello, I am {rep}, medical representative of {company}. From now on I can send you medical material our company has approved. If you would rather not have it, tell me, or withdraw on any of its pages.',
}

/** Stands before the card that asks; without it the card would say nothing about what happens on a no. */
const askLine: Record<WelcomeLanguage, string> = {
  'zh-CN': '是否接收，由您决定：点下面的卡片，半分钟看完。不点，也不会再打扰您。',
  'en-US':
    'Whether you receive it is for you to decide: the card below takes half a minute. If you leave it, nothing more comes.',
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
