/**
 * Our own few icons: one path each on a 24 grid, drawn as lines of 2.
 * A set of two dozen strings needs no build plugin, no font and no request.
 */
export const icons = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  alert: 'M12 6v7.5M12 17.5v.01',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  wave: 'M4 13.5c2.7-4.7 5.3-4.7 8-1.5s5.3 3.2 8-1.5',
  question: 'M8.5 9a3.5 3.5 0 1 1 5.3 3c-1.2.75-1.8 1.4-1.8 2.7M12 18.5v.01',
  info: 'M12 11v6.5M12 6.5v.01',
  star: 'M12 4l2.5 5.1 5.5.8-4 3.9 1 5.5-5-2.6-5 2.6 1-5.5-4-3.9 5.5-.8z',
  search: 'M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M16 16l4 4',
  down: 'M6.5 9.5L12 15l5.5-5.5',
  up: 'M6.5 14.5L12 9l5.5 5.5',
  right: 'M9.5 6.5L15 12l-5.5 5.5',
  left: 'M14.5 6.5L9 12l5.5 5.5',
  document: 'M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5M9 12.5h6M9 16h6',
  image: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9v.01',
  video: 'M4 5h16v14H4zM10.5 9.2v5.6l4.5-2.8z',
  article: 'M4.5 4.5h15v15h-15zM8 8.5h8M8 12h8M8 15.5h5',
  phrase: 'M4 5h16v11.5h-8.5L7 20v-3.5H4zM8 9.2h8M8 12.5h5',
  script: 'M4 4.5h11v6.5H4zM9 14h11v6.5H9zM6.5 11v3.2H9',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  copy: 'M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4',
  retry: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3l2.2 2.2M19.5 4.5v4.4h-4.4',
  send: 'M4.5 11.5L20 4.5l-4.5 15.5-4-6.5zM11.5 13.5L20 4.5',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20c.8-3.7 3.8-5.5 7.5-5.5s6.7 1.8 7.5 5.5',
  offline: 'M4 4l16 16M8.5 15.5a5 5 0 0 1 7 0M5.5 12a9.5 9.5 0 0 1 3.7-2.3M13.5 9.2a9.5 9.5 0 0 1 5 2.8M12 19v.01',
  qr: 'M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h2.5v2.5M19.5 13.5v.01M19.5 17v2.5H17M13.5 19.5v.01',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4.5l3 2',
  download: 'M12 4v11M7.5 11L12 15.5 16.5 11M5 19.5h14',
  sort: 'M8 10l4-4.5 4 4.5M8 14l4 4.5 4-4.5',
} as const

export type IconName = keyof typeof icons
