import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export type FilesAddress =
  | { kind: 'folder'; path: string }
  | { kind: 's3'; bucket: string; prefix: string; region: string; endpoint: string | null; pathStyle: boolean }

const example = 's3://bucket-1250000000/vouch?region=ap-shanghai&endpoint=https://cos.ap-shanghai.myqcloud.com'

/**
 * Reads FILES_URL: `file:` names a folder, relative ones from where the process was started; `s3:` a bucket and a prefix
 * in it, with the region, and the endpoint when the store is not Amazon's. Throws a sentence for the administrator.
 */
export function readFilesUrl(url: string): FilesAddress {
  if (url.startsWith('file:')) {
    const path = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
    if (path === '') throw new Error('names no folder; write one, such as file:.data/files')
    return { kind: 'folder', path: resolve(path) }
  }
  if (!url.startsWith('s3:'))
    throw new Error(`must begin with file:, such as file:.data/files, or with s3:, such as ${example}`)
  return readS3(url)
}

function readS3(url: string): FilesAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const bucket = parsed?.hostname ?? ''
  if (!parsed || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new Error(`names no bucket; write one, such as ${example}`)
  if (parsed.username || parsed.password)
    throw new Error('holds a key; put it into FILES_KEY_ID and FILES_KEY_SECRET instead')
  const { region, endpoint = null, style = 'host', ...others } = Object.fromEntries(parsed.searchParams)
  const stray = Object.keys(others)[0]
  if (stray !== undefined) throw new Error(`has the parameter ${stray}; region, endpoint and style are known`)
  if (!region) throw new Error(`names no region; write one, such as ${example}`)
  if (endpoint !== null && !/^https?:\/\/[^/?#]+\/?$/.test(endpoint))
    throw new Error('has an endpoint that is no address, such as https://cos.ap-shanghai.myqcloud.com')
  if (style !== 'host' && style !== 'path') throw new Error('has a style other than host or path')
  const prefix = parsed.pathname.replace(/^\/+|\/+$/g, '')
  if (!/^[\w./-]*$/.test(prefix)) throw new Error('has a prefix with other signs than letters, digits and . _ - /')
  return { kind: 's3', bucket, prefix, region, endpoint, pathStyle: style === 'path' }
}
