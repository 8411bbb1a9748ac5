/** Words for people at a terminal: Chinese first, English beside it; one of them alone when LANG or --lang says so. */

const asked = process.argv.indexOf('--lang')
const language =
  asked > 0 ? process.argv[asked + 1] : /^zh/i.test(process.env.LC_ALL || process.env.LANG || '') ? 'zh' : 'both'

/** The sentence in the reader's language. */
export function say(zh, en) {
  if (language === 'zh') return zh
  return language === 'en' ? en : `${zh} · ${en}`
}

/** One line per language. */
export function sayLines(zh, en) {
  if (language === 'zh') return [zh]
  return language === 'en' ? [en] : [zh, en]
}

/** How many columns a text takes in a terminal: a Chinese character takes two. */
export const columns = (text) => [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 2 : 1), 0)
