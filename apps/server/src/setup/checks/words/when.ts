const shanghaiMs = 8 * 3_600_000

/** 2026-11-21 14:05 in Shanghai, the same in both languages. */
export const shown = (at: Date): string =>
  `${new Date(at.getTime() + shanghaiMs).toISOString().slice(0, 16).replace('T', ' ')} +08:00`
