import { buildPdf } from '../pdf.ts'
import type { HostileFile } from './hostile-file.ts'

const file = (name: string, called: string, make: HostileFile['make']): HostileFile => ({ name, called, make })
const text = (words: string) => (): Buffer => Buffer.from(words)
const document = () => buildPdf({ pages: 1 })

export const textFiles: HostileFile[] = [
  file('article', '文章.html', text('<h1>标题</h1><p>正文</p>')),
  file('markdown', '文章.md', text('# 标题\n\n正文')),
  file('article-with-script', '文章.html', text('<p>正文</p><script>alert(1)</script><img src=x onerror=alert(1)>')),
  file('article-with-handler', '文章.html', text('<p>正文</p><img src="x" onerror="alert(1)">')),
  file('article-with-frame', '文章.html', text('<p>正文</p><iframe src="https://evil.example"></iframe>')),
  file('markdown-with-script-link', '文章.md', text('# 标题\n\n[字](javascript:alert%281%29)')),
  file('markdown-with-script', '文章.md', text('# 标题\n\n<script src=//evil.example></script>')),
  file(
    'article-with-link-and-picture',
    '文章.html',
    text('<p>正文 <a href="https://doi.org/10.1">文献</a><img src="a.png"></p>'),
  ),
  file('markdown-of-endless-marks', '文章.md', text(`字${'_a_'.repeat(20_000)}`)),
  file('page-called-document', '资料.pdf', text('<!doctype html><html><script>alert(1)</script></html>')),
  file('document-called-page', '资料.html', document),
  file('program-called-document', '资料.pdf', () => Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')),
  file('no-bytes', '空.pdf', () => Buffer.alloc(0)),
  file('one-byte', '一.pdf', text('%')),
  file('one-zero', '零.pdf', () => Buffer.alloc(1)),
  file('blank-text', '空白.txt', text(' \n\t\n')),
  file('text-too-long', '长文.txt', () => Buffer.alloc(600_000, '字')),
  file('text-of-old-coding', '旧编码.txt', () => Buffer.from([0xb1, 0xea, 0xcc, 0xe2, 0x0a])),
  file('text-of-two-bytes', '双字节.txt', () => Buffer.from('\ufeff标题', 'utf16le')),
  file('text-with-controls', '控制符.txt', text('标题\u0007\u001b[31m')),
  file('name-turned-around', '资料\u202efdp.exe', document),
  file('name-of-two-lines', '资料\r\nX-Evil: 1.pdf', document),
  file('name-with-a-path', '../../资料.pdf', document),
  file('name-without-width', '资\u200b料.pdf', document),
  file('name-too-long', `${'长'.repeat(90)}.pdf`, document),
  file('name-of-a-program', '资料.pdf.exe', document),
]
