import type { Platform } from '../session.ts'

export type Failure =
  | 'no-permission'
  | 'without-context'
  | 'content-empty'
  | 'invalid-param'
  | 'invalid-link'
  | 'invalid-cover'
  | 'invalid-miniprogram'
  | 'invalid-signature'
  | 'invalid-domain'
  | 'cross-corp'
  | 'not-there'
  | 'cancel'

export type Result = Record<string, unknown>

const signatureText = 'invalid signature more info at https://open.work.weixin.qq.com/devtool/query?e=40093'

export function ok(name: string, more: Result = {}): Result {
  return { err_msg: `${name}:ok`, ...more }
}

/** A failure in the spelling of that platform's client (wecom-platform.md 1.9.9, 5.2). */
export function failed(name: string, failure: Failure, platform: Platform): Result {
  if (failure === 'cancel') return { err_msg: `${name}:cancel` }
  if (failure === 'not-there') return { err_msg: `${name}:function_not_exist` }
  if (failure === 'invalid-signature') return refusedSignature(name, platform)
  if (failure === 'invalid-domain') return { errMsg: `${name}:fail invalid url domain` }
  if (failure === 'cross-corp')
    return { errMsg: `${name}:fail cross corp, e=92002`, err_msg: `${name}:fail cross corp, e=92002` }
  if (failure === 'no-permission') return withoutPermission(name, platform)
  if (failure === 'without-context') return withoutContext(name, platform)
  return { err_msg: `${name}:${textOf(failure, platform)}` }
}

function refusedSignature(name: string, platform: Platform): Result {
  if (name !== 'preVerifyJSAPI') return { errMsg: `${name}:${signatureText}` }
  if (platform === 'ios') return { errCode: 2, err_Info: signatureText, errMsg: 'config:fail' }
  return { errMsg: `config:${signatureText}` }
}

function withoutPermission(name: string, platform: Platform): Result {
  const spellings: Record<Platform, Result> = {
    windows: { errmsg: 'fail_no permission' },
    mac: { err_msg: `${name}:permission denied` },
    android: { err_msg: `${name}:fail_no permission` },
    ios: { err_msg: `${name}:fail no permission` },
  }
  return spellings[platform]
}

function withoutContext(name: string, platform: Platform): Result {
  const spellings: Record<Platform, Result> = {
    windows: { err_msg: `${name}:fail_without context of external contact` },
    mac: { err_code: 2, err_msg: `${name}:fail_fail_without context of external contact` },
    android: { err_msg: `${name}:fail without context of external contact` },
    ios: { err_msg: `${name}:fail without context of external contact` },
  }
  return spellings[platform]
}

function textOf(failure: Failure, platform: Platform): string {
  const phone = platform === 'ios' || platform === 'android'
  if (failure === 'content-empty') return 'fail_content empty'
  if (failure === 'invalid-link')
    return phone ? 'fail, invalid param, link or img_url is invalid' : 'fail, invalid param'
  if (failure === 'invalid-cover') return 'fail invalid imgUrl'
  if (failure === 'invalid-miniprogram') return 'fail_invalid miniprogram info'
  return 'fail, invalid param'
}
