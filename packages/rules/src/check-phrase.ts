import type { CardText, StepRefusal } from './content-types.ts'

const known = new Set(['{doctor}', '{rep}'])

/** A phrase may name the doctor and the rep and nothing else; braces stand for nothing but these names. */
export function checkPhrase({ kind, body }: CardText): StepRefusal[] {
  if (kind !== 'phrase') return []
  const found = body.match(/\{[^{}]*\}|[{}]/g) ?? []
  const unknown = found.find((one) => !known.has(one))
  return unknown === undefined ? [] : [{ reason: 'placeholder_unknown', about: unknown }]
}
