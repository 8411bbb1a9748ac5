import * as console from './console.ts'
import * as rep from './rep.ts'

export * from './client.ts'
export * from './endpoint.ts'
export * from './error-codes.ts'
export * from './shapes.ts'
export { rep as repEndpoints, console as consoleEndpoints }
