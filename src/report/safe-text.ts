// What a meter says is hostile until shown: an ESC can redraw a terminal, a bidi mark can turn FAILED around.
// Every reader of the stream shows text through this one function.

/**
 * C0 and C1 controls, soft hyphen, the Arabic letter mark, zero-width and direction marks, line separators, invisible
 * operators, interlinear marks, the byte order mark, variation selectors, tags, lone surrogates and non-characters.
 */
const HOSTILE =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\uFFFE\uFFFF\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]|\p{Surrogate}/gu

/** Printable ASCII, most of all text: asked first, because the whole question is ten times dearer. */
const PLAIN = /^[ -~]*$/

/** Text with every character that is invisible, moves the cursor or turns the direction shown as an escape: `\x1B`, `\u{202E}`. */
export const safeText = (text: string): string => (PLAIN.test(text) ? text : text.replace(HOSTILE, shown))

/** JSON on one or more lines in which the same characters, and `<`, stand as JSON escapes: nothing is lost, nothing acts. */
export const safeJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(HOSTILE, escapedUnlessLayout).replace(/</g, '\\u003C')

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const digits = code.toString(16).toUpperCase()
  return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`
}

/** `JSON.stringify` has escaped the line breaks inside strings: those left are its own. */
const escapedUnlessLayout = (character: string): string =>
  character === '\n'
    ? character
    : Array.from({ length: character.length }, (_, i) => `\\u${unit(character, i)}`).join('')

const unit = (character: string, i: number): string =>
  character.charCodeAt(i).toString(16).toUpperCase().padStart(4, '0')
