import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCaptions } from '../../captions.ts'
import { transcriptOf } from '../../transcript.ts'
import { RenditionError } from '../renditions/rendition.ts'
import { readCaptions } from './read-captions.ts'

const file = (...blocks: string[]) => Buffer.from(['WEBVTT', ...blocks].join('\n\n'))
const said = (words: string, from = '00:01.000', until = '00:03.500') => `${from} --> ${until}\n${words}`

function refusal(bytes: Buffer): string {
  try {
    readCaptions(bytes)
    return 'taken'
  } catch (fault) {
    if (fault instanceof RenditionError) return fault.problem
    throw fault
  }
}

describe('captions', () => {
  it('are kept in one form, whatever editor wrote them', () => {
    const other = Buffer.from(
      '\ufeffWEBVTT - 三期研究\r\nKind: captions\r\nLanguage: zh\r\n\r\nNOTE 校对：李\r\n\r\n1\r\n00:01.000 --> 00:03.500  line:90%\r\n<v 王医生>各位好\r\n\r\n00:59:59.999 --> 01:00:02.000\r\n谢谢 \r\n\r\n',
    )
    const kept = writeCaptions(readCaptions(other))
    expect(kept).toBe(
      'WEBVTT\n\n00:00:01.000 --> 00:00:03.500 line:90%\n<v 王医生>各位好\n\n00:59:59.999 --> 01:00:02.000\n谢谢\n',
    )
    expect(writeCaptions(readCaptions(Buffer.from(kept)))).toBe(kept)
  })

  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.from(' \n'), 'empty'],
    ['a head alone', file(), 'empty'],
    ['notes alone', file('NOTE nobody says anything'), 'empty'],
    ['a film script of another kind (SRT)', Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nA'), 'captions_broken'],
    ['a head that only begins like one', Buffer.from(`WEBVTTX\n\n${said('A')}`), 'captions_broken'],
    ['times with a comma', file('00:01,000 --> 00:02,000\nA'), 'captions_broken'],
    ['seventy seconds', file(said('A', '00:70.000', '01:12.000')), 'captions_broken'],
    ['an end before the beginning', file(said('A', '00:03.000', '00:01.000')), 'captions_broken'],
    ['times that go back', file(said('A', '00:09.000', '00:10.000'), said('B')), 'captions_broken'],
    ['two times in one caption', file(`${said('A')}\n00:04.000 --> 00:05.000`), 'captions_broken'],
    ['words without a time', file('nobody knows when'), 'captions_broken'],
    ['a style', file('STYLE\n::cue { background: url(https://evil.example) }', said('A')), 'captions_markup'],
    ['a region', file('REGION\nid:fred', said('A')), 'captions_markup'],
    ['a setting nobody knows', file('00:01.000 --> 00:02.000 onclick:x\nA'), 'captions_markup'],
    ['a script', file(said('<script>alert(1)</script>')), 'captions_markup'],
    ['a picture', file(said('<img src=x onerror=alert(1)>')), 'captions_markup'],
    ['a link', file(said('<a href="https://evil.example">看</a>')), 'captions_markup'],
    ['a mark that does not end', file(said('5 < 6')), 'captions_markup'],
    ['a mark across lines', file(said('<v\n王>好')), 'captions_markup'],
    ['another code', Buffer.concat([file(), Buffer.from([0x0a, 0x0a, 0xb8, 0xf6])]), 'not_utf8'],
    ['a control character', file(said('A\u0007')), 'not_supported'],
    ['a speech without end', file(said('长'.repeat(501))), 'too_large'],
    ['more than anybody can say', file(...Array.from({ length: 3_001 }, () => said('A'))), 'too_large'],
    ['too many bytes', Buffer.concat([file(said('A')), Buffer.alloc(200_000, 0x0a)]), 'too_large'],
  ])('of %s are refused', (_, bytes, problem) => {
    expect(refusal(bytes)).toBe(problem)
  })

  it('keep the marks that WebVTT has', () => {
    const words =
      '<v.loud 王医生><b>每日</b> <i.x>一次</i> <c.red>5 mg</c> <00:00:02.000>&lt; 6 &amp; 7 <lang en>OS</lang></v>'
    expect(readCaptions(file(said(words)))[0]?.text).toBe(words)
  })

  it('are read in time that grows with their length, whatever stands in them', () => {
    const begun = performance.now()
    for (const part of ['<', '<v ', '\n', '00:', ' --> ', '\t', 'align:', '&', '\r', '.000'])
      refusal(Buffer.from(`WEBVTT\n\n${part.repeat(Math.floor(150_000 / part.length))}`))
    expect(performance.now() - begun).toBeLessThan(3_000)
  })

  it('give, of any words that are taken, a text without marks', () => {
    const words = fc.stringMatching(/^[\p{Script=Han}a-z0-9&<>/ .]{1,40}$/u)
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), (all) => {
        const bytes = file(...all.map((one) => said(one)))
        if (refusal(bytes) !== 'taken') return
        const kept = readCaptions(bytes)
        expect(readCaptions(Buffer.from(writeCaptions(kept)))).toEqual(kept)
        expect(transcriptOf(kept).every((passage) => !/<[a-z/]/.test(passage.words))).toBe(true)
      }),
    )
  })
})

describe('the transcript', () => {
  const passages = (...blocks: string[]) => transcriptOf(readCaptions(file(...blocks)))

  it('runs what belongs together into one passage, Chinese without a space', () => {
    expect(
      passages(
        said('这项研究入组', '00:01.000', '00:02.000'),
        said('412 例\n患者。', '00:02.500', '00:04.000'),
        said('Overall survival', '00:04.000', '00:05.000'),
        said('was longer.', '00:05.000', '00:06.000'),
      ),
    ).toEqual([{ seconds: 1, voice: '', words: '这项研究入组 412 例患者。 Overall survival was longer.' }])
  })

  it('begins anew with another voice, after a silence and when it gets long', () => {
    const long = '很'.repeat(240)
    expect(
      passages(
        said('<v 王医生>您好', '00:01.000', '00:02.000'),
        said('<v 李医生>您好', '00:02.000', '00:03.000'),
        said('<v 李医生>开始吧', '00:06.000', '00:07.000'),
        said(`<v 李医生>${long}`, '00:07.000', '00:08.000'),
        said('<v 李医生>&lt;5 mg', '00:08.000', '00:09.000'),
      ),
    ).toEqual([
      { seconds: 1, voice: '王医生', words: '您好' },
      { seconds: 2, voice: '李医生', words: '您好' },
      { seconds: 6, voice: '李医生', words: `开始吧${long}` },
      { seconds: 8, voice: '李医生', words: '<5 mg' },
    ])
  })
})
