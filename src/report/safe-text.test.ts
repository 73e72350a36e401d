import { expect } from 'chai'
import { HOSTILE } from './fixture.ts'
import { safeJson, safeText } from './safe-text.ts'

describe('safeText', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['leaves text alone', 'Zähler №5 – 電力 😀', 'Zähler №5 – 電力 😀'],
    ['shows an escape sequence', '\u001B[31m', '\\x1B[31m'],
    ['shows line breaks and tabs', 'a\r\n\tb', 'a\\x0D\\x0A\\x09b'],
    ['shows C1 controls', '\u009B2J', '\\x9B2J'],
    ['shows a right-to-left override', 'a\u202Etxt', 'a\\u{202E}txt'],
    ['shows isolates and the Arabic letter mark', '\u2066\u2069\u061C', '\\u{2066}\\u{2069}\\u{61C}'],
    ['shows what has no width', 'a\u200Bb\uFEFF', 'a\\u{200B}b\\u{FEFF}'],
    ['shows line separators', '\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['shows tags beyond the first plane', '\u{E0041}', '\\u{E0041}'],
    ['shows a lone surrogate', 'a\uD800b', 'a\\u{D800}b'],
    ['shows non-characters', '\uFFFE\uFFFF', '\\u{FFFE}\\u{FFFF}'],
  ]
  for (const [name, text, expected] of cases) it(name, () => expect(safeText(text)).to.equal(expected))

  it('has nothing to do a second time', () => expect(safeText(safeText(HOSTILE))).to.equal(safeText(HOSTILE)))
})

describe('safeJson', () => {
  it('loses nothing', () => {
    const value = { text: HOSTILE, tag: '\u{E0041}', list: [1, null] }
    expect(JSON.parse(safeJson(value, 1))).to.deep.equal(value)
  })
  it('holds nothing that acts: no markup, no marks, no line separators', () => {
    const text = safeJson({ text: HOSTILE, more: '\u{E0041}\u007F' }, 1)
    expect(text).to.not.match(/[<\u2028\u202E\u007F]/)
    expect(safeText(text.replace(/\n/g, ''))).to.equal(text.replace(/\n/g, ''))
  })
})
