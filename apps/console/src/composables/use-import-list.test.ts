// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { pickNamed, type NamedFile } from './use-import-list.ts'

const named = (name: string, change: Partial<NamedFile> = {}): NamedFile => ({
  ...{ name, purpose: 'content', stored: false },
  ...change,
})
const file = (name: string): File => new File(['x'], name)
const namesOf = (picked: ReturnType<typeof pickNamed>) =>
  picked.files.map(({ file, purpose }) => `${purpose} ${file.name}`)

describe('files that are chosen for a list', () => {
  test('are those it names and that are not here yet; others are counted and left alone', () => {
    const list = [named('a.pdf'), named('b.pdf', { stored: true }), named('c.png', { purpose: 'card' })]
    const picked = pickNamed(list, ['a.pdf', 'b.pdf', 'c.png', 'd.pdf', '.DS_Store'].map(file))
    expect(namesOf(picked)).toEqual(['content a.pdf', 'card c.png'])
    expect([picked.unnamed, picked.twice]).toEqual([2, []])
  })

  test('serve every purpose for which the list names them', () => {
    const picked = pickNamed([named('a.png'), named('a.png', { purpose: 'card' })], [file('a.png')])
    expect(namesOf(picked)).toEqual(['content a.png', 'card a.png'])
  })

  test('of one name from two folders are none: nobody knows which is meant', () => {
    const picked = pickNamed([named('a.pdf')], [file('a.pdf'), file('a.pdf')])
    expect(picked).toEqual({ files: [], unnamed: 0, twice: ['a.pdf'] })
  })

  test('are found however their accents are composed', () => {
    expect(namesOf(pickNamed([named('caf\u00e9.pdf')], [file('cafe\u0301.pdf')]))).toHaveLength(1)
  })
})
