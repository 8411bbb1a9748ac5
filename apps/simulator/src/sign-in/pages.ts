import type { Member } from '../store.ts'

const style = `
:root{color-scheme:light dark;--bg:#f5f6f7;--card:#fff;--line:#e3e5e8;--fg:#1a1a1a;--fg-2:#595f69;--brand:#1a66d6}
@media(prefers-color-scheme:dark){:root{--bg:#111;--card:#191919;--line:#333;--fg:#e6e6e6;--fg-2:#a3a8b0;--brand:#6aa7ff}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:1rem/1.5 -apple-system,BlinkMacSystemFont,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:32rem;margin:0 auto;padding:2rem 1rem}h1{font-size:1.25rem;margin:0 0 .25rem}p{margin:0 0 1rem;color:var(--fg-2)}
ul{list-style:none;margin:0;padding:0;background:var(--card);border:1px solid var(--line);border-radius:12px;overflow:hidden}
li+li{border-top:1px solid var(--line)}
li a{display:flex;gap:.75rem;align-items:center;min-height:56px;padding:.5rem 1rem;color:inherit;text-decoration:none}
a:hover strong{color:var(--brand)}a:focus-visible{outline:2px solid var(--brand);outline-offset:-2px}
i{flex:none;width:36px;height:36px;border-radius:8px;background:var(--brand);color:var(--bg);display:grid;place-items:center;font-style:normal}
small{display:block;color:var(--fg-2);font-size:.875rem}.button{display:inline-block;background:#1a66d6;color:#fff;padding:.6rem 1.4rem;border-radius:8px;text-decoration:none}`

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${style}</style></head><body><main>${body}</main></body></html>`
}

export function noticePage(text: string): string {
  return page(
    '企业微信（模拟）',
    `<h1>无法打开</h1><p role="alert">${escapeHtml(text)}</p><p>演示数据 · Simulated WeCom, demo data</p>`,
  )
}

/** The consent page of snsapi_privateinfo. */
export function consentPage(query: URLSearchParams): string {
  const agreed = new URLSearchParams(query)
  agreed.set('agreed', '1')
  return page(
    '授权',
    `<h1>应用申请获得你的个人信息</h1><p>演示数据</p><a class="button" href="?${escapeHtml(agreed.toString())}">同意</a>`,
  )
}

/** Who to be in the console: members of the corp with their roles, reps last, as they have little to do there. */
export function memberListPage(members: Member[], query: URLSearchParams): string {
  const english = query.get('lang') === 'en'
  const rows = members
    .filter((member) => member.status === 'active')
    .toSorted((one, other) => Number(one.roles.includes('rep')) - Number(other.roles.includes('rep')))
    .map((member) => {
      const choice = new URLSearchParams(query)
      choice.set('as', member.userid)
      const name = english ? member.nameEn || member.name : member.name
      const roles = escapeHtml([member.position, ...member.roles].filter(Boolean).join(' · '))
      return `<li><a href="?${escapeHtml(choice.toString())}"><i aria-hidden="true">${escapeHtml([...name][0] ?? '')}</i><span><strong>${escapeHtml(name)}</strong><small>${roles}</small></span></a></li>`
    })
  const title = english ? 'Who scans the code?' : '由谁扫码登录？'
  const hint = english ? 'Simulated WeCom sign-in, demo data.' : '模拟的企业微信扫码登录，演示数据。'
  return page(title, `<h1>${title}</h1><p>${hint}</p><ul>${rows.join('')}</ul>`)
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
