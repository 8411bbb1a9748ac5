import { h, type FunctionalComponent, type VNode } from 'vue'
import type { ArticleNode } from '../article.ts'

/** Draws article structure with its own tags; a wide table gets a frame it can be moved in. */
export const ArticleNodes: FunctionalComponent<{ nodes: ArticleNode[] }> = ({ nodes }) => nodes.map(draw)
ArticleNodes.props = ['nodes']

function draw(node: ArticleNode): VNode | string {
  if (typeof node === 'string') return node
  const drawn = h(node.tag, node.span ?? null, node.children.map(draw))
  return node.tag === 'table' ? h('div', { class: 'wide', tabindex: 0, role: 'group' }, [drawn]) : drawn
}
