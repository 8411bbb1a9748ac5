import { expect, test } from 'vitest'
import { faultsIn } from './lib/words.mjs'

const sentences = [
  { says: 'a path of a machine', text: `see /${'work'}/main/x`, faults: 1 },
  { says: 'a home folder', text: `cd /${'home'}/ann`, faults: 1 },
  { says: 'a registry', text: `fetched from ${'registry'}.npmjs.org`, faults: 1 },
  { says: 'a promise for later', text: `// ${'TO'}DO: later`, faults: 1 },
  { says: 'a silenced compiler', text: `// ${'@ts'}-ignore`, faults: 1 },
  { says: 'a sleeping test', text: `${'test'}.skip('x')`, faults: 1 },
  { says: 'an ordinary address', text: 'https://example.com/work/home and /var/lib/vouch', faults: 0 },
]

test.each(sentences)('$says', ({ text, faults }) => expect(faultsIn('a.md', text)).toHaveLength(faults))
