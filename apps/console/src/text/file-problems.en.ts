import type { FileProblem } from '@vouch/contract'

/** What is wrong with a file, and what its author can do. */
export const fileProblems: Record<FileProblem, string> = {
  empty: 'The file is empty. Check it and upload it again.',
  bad_name:
    'The file name has line breaks, invisible characters, marks that reverse text or slashes, or is too long. Rename the file and upload it again.',
  wrong_extension:
    'The ending of the file name does not match its content. Save it in the right format where it was made.',
  not_supported:
    'This kind of file is not supported. Upload PDF, PPTX, DOCX, PNG, JPEG or MP4 (H.264); articles as HTML or Markdown.',
  not_utf8: 'The text is not encoded as UTF-8. Save it as UTF-8 in your editor.',
  encrypted:
    'The file has a password or restrictions, so its content cannot be checked. Remove them and upload it again.',
  broken: 'The file is damaged or incomplete and cannot be shown in full. Export it again and upload it.',
  polyglot:
    'The file carries another one, such as an archive, a web page or a program. Export it again where it was made.',
  active_content:
    'The file holds scripts, macros, automatic actions, embedded files or parts that cannot be checked. Export it without them, for example by “Save as PDF”.',
  external_content:
    'The file loads something from outside when opened, such as a remote template or picture. Embed it and save again.',
  zip_bomb: 'Unpacked, the file would become unreasonably large; the check was stopped. Export it again and upload it.',
  too_many_pages: 'It has more than 500 pages. Upload it in several parts.',
  page_too_large: 'A page or picture is too large. Reduce it to a usual paper size, or to 60 megapixels.',
  too_large:
    'The file or a part of it is too large. Files may have 200 MB, articles 500 kB, captions 200 kB with 500 characters each. Reduce it and upload it again.',
  too_slow: 'A page is too complex to be drawn in the time allowed. Simplify it and export it again.',
  codec_not_supported:
    'The video is not encoded as H.264 or has no picture, so some phones cannot play it. Convert it to MP4 with H.264.',
  office_not_installed:
    'LibreOffice is not installed on the server, so PPTX and DOCX cannot be converted. Upload a PDF.',
  poster_not_installed:
    'ffmpeg is not installed on the server, so no picture was taken of the video. The video can be used; upload a card picture.',
  captions_broken:
    'These are no WebVTT captions that can be read. The first line must be WEBVTT; each caption begins with its times, such as 00:00:01.000 --> 00:00:03.500, which may not run backwards. Convert SRT to WebVTT first.',
  captions_markup:
    'The captions hold styles, regions or marks that WebVTT does not have. Remove STYLE, REGION and HTML tags; write < as &lt;.',
}
