/** Why a file is not taken or cannot be shown. Each page that shows one has its words for every one of them. */
export const fileProblems = [
  'empty',
  'bad_name',
  'wrong_extension',
  'not_supported',
  'not_utf8',
  'encrypted',
  'broken',
  'polyglot',
  'active_content',
  'external_content',
  'zip_bomb',
  'too_many_pages',
  'page_too_large',
  'too_large',
  'too_slow',
  'codec_not_supported',
  'office_not_installed',
  'poster_not_installed',
  'captions_broken',
  'captions_markup',
] as const
export type FileProblem = (typeof fileProblems)[number]
