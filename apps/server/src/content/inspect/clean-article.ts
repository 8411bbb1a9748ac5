import sanitizeHtml from 'sanitize-html'

/** Words, lists and tables. No links, pictures, styles, forms or scripts: an article shows only what was approved. */
const allowedTags = [
  ...['section', 'h1', 'h2', 'h3', 'h4', 'p', 'br', 'hr', 'blockquote', 'figure', 'figcaption'],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'strong', 'em', 'b', 'i', 'sub', 'sup', 'small'],
  ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
]

/** Reduces an article to the safe part of HTML that a doctor's page may hold as it is. */
export function cleanArticle(html: string): string {
  const clean = sanitizeHtml(html, {
    allowedTags,
    allowedAttributes: { th: ['scope', 'colspan', 'rowspan'], td: ['colspan', 'rowspan'], ol: ['start'] },
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'head',
      'iframe',
      'svg',
      'math',
      'template',
    ],
    disallowedTagsMode: 'discard',
    nestingLimit: 40,
  })
  return clean.trim()
}
