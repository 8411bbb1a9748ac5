/** The same words in both languages. */
export type Both = { zh: string; en: string }
export const both = (zh: string, en: string): Both => ({ zh, en })
