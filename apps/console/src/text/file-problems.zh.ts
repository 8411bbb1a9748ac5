import type { FileProblem } from '@vouch/contract'

/** What is wrong with a file, and what its author can do. */
export const fileProblems: Record<FileProblem, string> = {
  empty: '文件是空的。请检查后重新上传。',
  bad_name: '文件名里有换行、看不见的字符、会颠倒文字方向的符号或斜杠，或者太长。请改名后重新上传。',
  wrong_extension: '文件名的后缀与内容不符。请用原来的软件另存为正确的格式。',
  not_supported: '不支持这种文件。可以上传 PDF、PPTX、DOCX、PNG、JPEG、MP4（H.264），文章用 HTML 或 Markdown。',
  not_utf8: '文字不是 UTF-8 编码。请在编辑器里另存为 UTF-8。',
  encrypted: '文件有密码或权限限制，无法核对里面的内容。请去掉密码和限制后重新上传。',
  broken: '文件损坏或不完整，无法完整显示。请重新导出后上传。',
  polyglot: '文件里还夹着另一种文件（如压缩包、网页或程序）。请用原来的软件重新导出。',
  active_content:
    '文件里有脚本、宏、自动动作、内嵌文件，或无法检查的部分。请导出一份不含这些的文件，例如“另存为 PDF”。',
  external_content: '文件打开时会从外部取内容（如远程模板或图片）。请把内容嵌入后重新保存。',
  zip_bomb: '文件解开后会大到不合理，已停止检查。请重新导出后上传。',
  too_many_pages: '超过 500 页。请拆成几份上传。',
  page_too_large: '有一页或图片的尺寸过大。请缩小到常用纸张大小，或 6000 万像素以内。',
  too_large: '文件或其中一部分过大。文件最大 200 MB，文章最大 500 kB，字幕最大 200 kB、每段 500 字。请压缩后重新上传。',
  too_slow: '有一页过于复杂，在限定时间内画不出来。请简化后重新导出。',
  codec_not_supported: '视频不是 H.264 编码，或没有画面，有些手机放不出来。请转成 H.264 的 MP4。',
  office_not_installed: '服务器没有安装 LibreOffice，不能转换 PPTX 和 DOCX。请上传 PDF。',
  poster_not_installed: '服务器没有安装 ffmpeg，没有截取视频封面。视频可以使用，请自己上传卡片图片。',
  captions_broken:
    '不是能读懂的 WebVTT 字幕。第一行要写 WEBVTT；每段先写起止时间，如 00:00:01.000 --> 00:00:03.500，且时间不能倒退。SRT 请先转成 WebVTT。',
  captions_markup: '字幕里有样式、区域，或 WebVTT 以外的标记。请去掉 STYLE、REGION 和网页标签；小于号写成 &lt;。',
}
