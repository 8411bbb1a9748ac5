import { cardDescBytes, cardTitleBytes, utf8Length } from './check-message.ts'
import type { CardText, StepRefusal } from './content-types.ts'

/** Line breaks and other controls, and whatever is drawn as nothing: zero-width signs, turned directions, hidden tags. */
const tricks = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u

/** Whether somebody who reads a text does not see all of it. */
export const hidesSigns = (text: string): boolean => tricks.test(text)

/** The words of a card stand where anybody may see them: short enough for WeCom, one line, and nothing hidden in them. */
export function checkCard({ title, cardTitle, cardDesc }: CardText): StepRefusal[] {
  return [
    ...checkLine('title', title, Infinity),
    ...checkLine('card_title', cardTitle, cardTitleBytes),
    ...checkLine('card_desc', cardDesc, cardDescBytes),
  ]
}

function checkLine(name: string, text: string, most: number): StepRefusal[] {
  const about: string[] = []
  if (name !== 'card_desc' && text.trim() === '') about.push(`${name}_missing`)
  if (utf8Length(text) > most) about.push(`${name}_too_long`)
  if (hidesSigns(text)) about.push(`${name}_hidden_signs`)
  return about.map((one) => ({ reason: 'card_not_fit', about: one }))
}
