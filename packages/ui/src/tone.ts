/** What a state means to the reader; each tone has its own sign and colour (ux.md section 4). */
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'stale' | 'unknown' | 'neutral'
