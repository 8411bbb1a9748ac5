import { fileProblems } from '@vouch/contract'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { zh } from './zh.ts'

test.each(fileProblems)('a file that is %s is answered in both languages, in words of its own', (problem) => {
  for (const text of [zh, en]) {
    const said = text.fileProblem(problem)
    expect(said.length).toBeGreaterThan(10)
    expect(said).not.toContain('_')
    expect(fileProblems.filter((other) => text.fileProblem(other) === said)).toEqual([problem])
  }
  expect(zh.fileProblem(problem)).toMatch(/\p{Script=Han}/u)
  expect(en.fileProblem(problem)).not.toMatch(/\p{Script=Han}/u)
})
