/** Needs Node: signatures, the callback's cipher and its XML. */
export * from './callback-cipher.ts'
export * from './callback-refused.ts'
export * from './event-xml.ts'
export * from './js-signature.ts'
