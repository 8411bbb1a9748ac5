/** Every endpoint about the company's doctors, as one set: the list, one of them, doubles and merges, lists brought in. */
export * from './accounts/lists.ts'
export * from './accounts/detail.ts'
export * from './accounts/merging.ts'
export * from './accounts/imports.ts'
export { type PairReason } from './accounts/shapes.ts'
