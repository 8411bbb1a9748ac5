import { createHash } from 'node:crypto'
import { renderToString } from '@vue/server-renderer'
import { createSSRApp } from 'vue'
import type { HcpPage } from './hcp-page.ts'
import HcpPageView from './HcpPage.vue'
import ownSource from './own.css?raw'
import source from './page.css?raw'
import { packStyle } from './pack-style.ts'
import { textOf } from './text/index.ts'

export type * from './hcp-page.ts'

/** The other pages have nothing that a script could make smoother. */
const withScript = new Set<string>(['reading', 'safety', 'safety_received'])

const style = packStyle(source + ownSource)

/** What the page's policy must name, so that this inline style is the only one: `'sha256-…'`. */
export const styleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

/**
 * Draws a whole page. Pure: plain values in, HTML out. The document's title is neutral on every page, because it is seen
 * in the chat; there is no metadata for previews, and pinch zoom is left to the browser.
 */
export async function renderPage(page: HcpPage): Promise<string> {
  const body = await renderToString(createSSRApp(HcpPageView, { page }))
  return [
    '<!doctype html>',
    `<html lang="${page.language}" data-size="${page.look.size}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    '<meta name="color-scheme" content="light dark"><meta name="format-detection" content="telephone=no">',
    '<meta name="robots" content="noindex, nofollow, noarchive">',
    `<title>${escape(titleOf(page))}</title>`,
    `<style>${style}</style>`,
    page.script && withScript.has(page.view.page) ? `<script defer src="${escape(page.script)}"></script>` : '',
    '</head><body>',
    body.replaceAll(/<!--.*?-->/gs, ''),
    '</body></html>',
  ].join('')
}

function titleOf({ language, company, view }: HcpPage): string {
  const name = (language === 'zh-CN' ? company?.name : company?.nameEn) ?? ''
  if (view.page !== 'reading' && view.page !== 'ended') return name || ' '
  return [textOf(language).material, name].filter(Boolean).join(' · ')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
