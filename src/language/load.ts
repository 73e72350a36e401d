import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import { fail, ok, type Result, type Value } from '../codec/value.ts'
import type { Problem } from './problem.ts'

/** Keys and indexes from the root of a file to a place in it. */
export type Path = readonly (string | number)[]

/** A file that is well-formed JSON: its value, and where each part of it stands. */
export interface Source {
  readonly file: string
  readonly text: string
  readonly value: Value
  /** Where the value at a path stands, or its key; a path that leads nowhere gives the nearest place above. Counted from 1. */
  positionOf(path: Path, part?: 'key' | 'value'): Position
}

export interface Position {
  readonly line: number
  readonly column: number
}

/** No file of a suite comes near these; they keep a hostile one from filling the memory or the stack. */
const MOST_CHARACTERS = 4_000_000
const DEEPEST = 100

/** Strict JSON text → value with positions. Refused: comments, trailing commas, duplicate keys, integers that a double cannot hold, endless depth. */
export function load(file: string, text: string): Result<Source, readonly Problem[]> {
  const problem = (offset: number, code: string, expected: string, found: string): Problem => ({
    file,
    ...positionAt(text, offset),
    code,
    expected,
    found,
  })
  if (text.length > MOST_CHARACTERS)
    return fail([problem(0, 'too-large', `at most ${MOST_CHARACTERS} characters`, `${text.length}`)])
  const tooDeep = depthBeyond(text, DEEPEST)
  if (tooDeep !== undefined) return fail([problem(tooDeep, 'too-deep', `at most ${DEEPEST} levels`, 'more')])
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const [error] = errors
  if (error)
    return fail([
      problem(error.offset, 'syntax', SYNTAX[printParseErrorCode(error.error)] ?? 'JSON', foundAt(text, error.offset)),
    ])
  if (!tree) return fail([problem(0, 'syntax', 'a value', 'nothing')])
  const problems = [...nodes(tree)].flatMap((node) => [...duplicates(node, problem), ...unsafe(node, text, problem)])
  if (problems.length > 0) return fail(problems)
  // jsonc-parser gives plain JSON for plain JSON
  const value = getNodeValue(tree) as Value
  return ok({ file, text, value, positionOf: (path, part = 'value') => positionAt(text, offsetOf(tree, path, part)) })
}

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a JSON value',
  InvalidNumberFormat: 'a number',
  PropertyNameExpected: 'a key in double quotes',
  ValueExpected: 'a value',
  ColonExpected: '":"',
  CommaExpected: '","',
  CloseBraceExpected: '"}"',
  CloseBracketExpected: '"]"',
  EndOfFileExpected: 'the end of the file',
  InvalidCommentToken: 'JSON without comments',
  UnexpectedEndOfComment: 'JSON without comments',
  UnexpectedEndOfString: 'the closing double quote',
  UnexpectedEndOfNumber: 'a digit',
  InvalidUnicode: 'four hex digits after \\u',
  InvalidEscapeCharacter: 'an escape of JSON',
  InvalidCharacter: 'no control character in a string',
}

const foundAt = (text: string, offset: number): string =>
  offset >= text.length
    ? 'the end of the file'
    : JSON.stringify(/^(\w+|[^])/.exec(text.slice(offset, offset + 20))?.[0] ?? '')

function* nodes(node: Node): Generator<Node> {
  yield node
  for (const child of node.children ?? []) yield* nodes(child)
}

type Say = (offset: number, code: string, expected: string, found: string) => Problem

/** `JSON.parse` would keep the last one and say nothing. */
function duplicates(node: Node, say: Say): readonly Problem[] {
  if (node.type !== 'object') return []
  const seen = new Set<string>()
  return (node.children ?? []).flatMap(({ children: [key] = [] }) => {
    const name = String(key?.value)
    if (key === undefined || !seen.has(name)) {
      seen.add(name)
      return []
    }
    return [say(key.offset, 'duplicate-key', 'each key once', `a second ${JSON.stringify(name)}`)]
  })
}

/** Beyond 2^53 a number would be rounded without a word. */
function unsafe(node: Node, text: string, say: Say): readonly Problem[] {
  if (node.type !== 'number') return []
  const value: unknown = node.value
  if (typeof value === 'number' && Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)))
    return []
  const written = text.slice(node.offset, node.offset + node.length)
  return [say(node.offset, 'unsafe-integer', 'integers beyond 2^53 as a decimal string', written)]
}

function offsetOf(tree: Node, path: Path, part: 'key' | 'value'): number {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length))
    if (!node) continue
    const whole = length === path.length
    const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined
    return part === 'key' && whole && key ? key.offset : node.offset
  }
  return tree.offset
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const lines = before.split(/\r\n|\n|\r/)
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

/** Where the text nests deeper than this, before any parser goes down there. */
function depthBeyond(text: string, most: number): number | undefined {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (quoted) {
      if (character === '\\') i++
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (character === '{' || character === '[') {
      if (++depth > most) return i
    } else if (character === '}' || character === ']') depth--
  }
  return undefined
}
