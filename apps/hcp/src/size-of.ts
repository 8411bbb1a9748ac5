/** 3.4 MB or 210 kB, as a person reads it. */
export const sizeOf = (bytes: number): string =>
  bytes >= 100_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} kB`
