/** Every endpoint about consent, as one set: what doctors said, the texts they were asked with, papers and lists. */
export { consentPurpose, type WireTextRefusal } from './consents/shapes.ts'
export * from './consents/statements.ts'
export * from './consents/texts.ts'
export * from './consents/papers.ts'
export * from './consents/imports.ts'
