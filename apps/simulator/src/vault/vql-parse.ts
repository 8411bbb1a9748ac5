import { badQuery } from './errors.ts'
import { stateFunctions } from './states.ts'

export type Selected = { field: string; toName: boolean; as: string }
export type Value = string | number | boolean | null | { state: string }
export type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=' | 'CONTAINS'
export type Condition = { field: string; toName: boolean; operator: Operator; values: Value[] }
export type Query = {
  selected: Selected[]
  latestVersion: boolean
  allVersions: boolean
  where: Condition[]
  orderBy: { field: string; descending: boolean } | null
  pageSize: number | null
  pageOffset: number
}

const token = /\s*('(?:\\.|[^'\\])*'|[A-Za-z_]\w*(?:\(\))?|-?\d+(?:\.\d+)?|<=|>=|!=|[=<>(),])/y

/** Reads the part of VQL that is played (vault-crm-platform.md 1.16); anything else is a syntax error. */
export function parseVql(text: string): Query {
  const tokens = tokensOf(text)
  let at = 0
  const next = (): string => tokens[at++] ?? ''
  const is = (word: string): boolean => tokens[at]?.toUpperCase() === word
  const take = (word: string): boolean => is(word) && (at++, true)
  const need = (word: string): void => {
    if (!take(word)) throw badQuery(tokens[at] ?? '')
  }
  const field = (): string => {
    const name = next()
    if (!/^[a-z]\w*$/.test(name)) throw badQuery(name)
    return name
  }
  const maybeNamed = (): { field: string; toName: boolean } => {
    if (!take('TONAME')) return { field: field(), toName: false }
    need('(')
    const named = field()
    need(')')
    return { field: named, toName: true }
  }
  const list = <T>(one: () => T): T[] => {
    const found = [one()]
    while (take(',')) found.push(one())
    return found
  }
  const selected = (): Selected => {
    const named = maybeNamed()
    return { ...named, as: take('AS') ? field() : named.field }
  }
  const condition = (): Condition => {
    const named = maybeNamed()
    if (take('CONTAINS')) {
      need('(')
      const values = list(() => valueOf(next()))
      need(')')
      return { ...named, operator: 'CONTAINS', values }
    }
    const operator = next()
    if (!['=', '!=', '<', '>', '<=', '>='].includes(operator)) throw badQuery(operator)
    const value = valueOf(next())
    if (typeof value === 'object' && value !== null && named.field !== 'status__v') throw badQuery(named.field)
    return { ...named, operator: operator as Operator, values: [value] } // one of those above
  }

  need('SELECT')
  const latestVersion = take('LATESTVERSION')
  const columns = list(selected)
  need('FROM')
  const allVersions = take('ALLVERSIONS')
  if (next() !== 'documents') throw badQuery('FROM')
  if (latestVersion && !allVersions) throw badQuery('LATESTVERSION')
  const where: Condition[] = []
  if (take('WHERE')) {
    where.push(condition())
    while (take('AND')) where.push(condition())
  }
  const query: Query = {
    ...{ selected: columns, latestVersion, allVersions, where },
    ...{ orderBy: null, pageSize: null, pageOffset: 0 },
  }
  if (take('ORDER')) {
    need('BY')
    query.orderBy = { field: field(), descending: take('DESC') || (take('ASC'), false) }
  }
  if (take('PAGESIZE')) query.pageSize = wholeNumber(next())
  if (take('PAGEOFFSET')) query.pageOffset = wholeNumber(next())
  if (at < tokens.length) throw badQuery(tokens[at] ?? '')
  return query
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  const trimmed = text.trimEnd()
  token.lastIndex = 0
  while (token.lastIndex < trimmed.length) {
    const from = token.lastIndex
    const found = token.exec(trimmed)
    if (!found) throw badQuery(trimmed.slice(from, from + 12))
    tokens.push(found[1] ?? '')
  }
  return tokens
}

/** Keywords in any case; `true`, `false` and `null` in lower case only. */
function valueOf(text: string): Value {
  if (text.startsWith("'")) return text.slice(1, -1).replace(/\\(.)/g, '$1')
  if (/^-?\d/.test(text)) return Number(text)
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  const state = stateFunctions[text.toUpperCase()]
  if (state) return { state }
  throw badQuery(text)
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw badQuery(text)
  return Number(text)
}
