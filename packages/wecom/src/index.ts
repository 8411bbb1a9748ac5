/** Browser-safe: types and pure tables only. Whatever needs Node is under `@vouch/wecom/crypto`. */
export * from './chat-message.ts'
export * from './error-class.ts'
export * from './media.ts'
export * from './event.ts'
