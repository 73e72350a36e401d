import { createReadStream } from 'node:fs'
import type { Event } from '../engine/events.ts'
import { asEvent } from './event-guard.ts'
import { safeText } from './safe-text.ts'

/** One line of `events.jsonl`: an event, or why it is none. Line numbers begin at 1. */
export type Line =
  | { readonly is: 'event'; readonly event: Event }
  | { readonly is: 'malformed'; readonly line: number; readonly why: string }
  /** The last line has no end: the run was killed while it was written. */
  | { readonly is: 'cut'; readonly line: number }

/** The lines of an event stream on disk, one at a time. */
export const readEvents = (file: string): AsyncGenerator<Line> => lines(createReadStream(file, { encoding: 'utf8' }))

/** The lines of an event stream that arrives in pieces of text. Only LF ends a line: JSON strings may hold U+2028. */
export async function* lines(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Line> {
  let number = 0
  let rest = ''
  for await (const piece of pieces) {
    const parts = (rest + piece).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      number += 1
      if (part.trim() !== '') yield parsed(part, number)
    }
  }
  if (rest.trim() === '') return
  const last = parsed(rest, number + 1)
  yield last.is === 'event' ? last : { is: 'cut', line: number + 1 }
}

function parsed(text: string, line: number): Line {
  try {
    const found = asEvent(JSON.parse(text))
    return 'event' in found ? { is: 'event', event: found.event } : { is: 'malformed', line, why: found.lacks }
  } catch (error) {
    return { is: 'malformed', line, why: safeText(error instanceof Error ? error.message : 'not JSON') }
  }
}
