import type { Words } from './words.ts'

/** A small made-up vocabulary for the tests of this room: a protocol with greetings in place of frames. */
export const MADE_UP: Words = {
  layers: [
    { name: 'line', fields: [] },
    { name: 'card', fields: ['stamp', 'sender.name', 'sender.street', 'check'] },
    { name: 'letter', fields: ['greeting', 'body', 'number'] },
  ],
  messages: {
    hello: {
      fields: ['number', 'sender.name', 'sender.street', 'letter'],
      answers: ['welcome'],
      fromMeter: false,
    },
    bye: { fields: ['number'], answers: ['farewell'], fromMeter: false },
    ask: { fields: ['what', 'number'], answers: ['answer'], fromMeter: false },
    welcome: {
      fields: ['number', 'final', 'sender.name', 'sender.street', 'length'],
      answers: [],
      fromMeter: true,
    },
    farewell: { fields: ['number', 'final'], answers: [], fromMeter: true },
    stranger: { fields: ['final'], answers: [], fromMeter: true },
    answer: { fields: ['number', 'what', 'data.*', 'error'], answers: [], fromMeter: true },
  },
  outcomes: {
    silent: { takes: 'duration', alive: false },
    closed: { takes: 'matcher', alive: false },
    reset: { takes: 'matcher', alive: false },
    garbled: { takes: 'matcher', alive: false },
    frame: { takes: 'matcher', alive: true, covers: ['welcome', 'farewell', 'stranger'] },
    refused: { takes: 'matcher', alive: true, literals: ['no-right', 'no-such-thing'] },
    value: { takes: 'matcher', alive: true },
    success: { takes: 'matcher', alive: true },
  },
  steps: {
    'door.open': {
      arguments: { type: 'object', properties: {}, additionalProperties: false },
      outcomes: ['success', 'refused'],
      saves: ['took'],
      alive: true,
      connection: true,
    },
    'door.alive': {
      arguments: { type: 'object', properties: {}, additionalProperties: false },
      outcomes: ['success'],
      saves: [],
      alive: true,
      connection: true,
    },
    'line.set': {
      arguments: {
        type: 'object',
        properties: { baud: { type: 'integer' }, format: { enum: ['7E1', '8N1'] } },
        required: ['baud'],
        additionalProperties: false,
      },
      outcomes: ['success'],
      saves: [],
      alive: false,
      connection: true,
    },
    read: {
      arguments: {
        type: 'object',
        properties: { attribute: { type: 'object' } },
        required: ['attribute'],
        additionalProperties: false,
      },
      outcomes: ['value', 'refused'],
      saves: [],
      alive: true,
      connection: true,
    },
    'lights.off': {
      arguments: { type: 'object', properties: {}, additionalProperties: false },
      outcomes: ['success'],
      saves: [],
      alive: false,
      connection: false,
    },
  },
  checks: { 'all-different': {}, rising: {}, 'within-limit': { argument: { type: 'integer' } } },
  axes: { clients: { fields: ['name', 'role', 'right.read'] }, things: { fields: 'any' } },
  roots: {
    testing: { fields: ['timing.responseMs', 'timing.pauseMs', 'objects.*', 'limit'] },
    supports: { fields: ['cards', 'letters.long'] },
    link: { fields: ['window'] },
    client: { fields: ['name', 'role', 'right.read'] },
  },
  needs: ['power', 'impair'],
  clauses: new Set(['card.check', 'card.stamp', 'letter.number']),
  rulings: new Set(['G1', 'G8']),
  defects: new Map([
    ['card.check.unchecked', 'card.check.unchecked'],
    ['no_check', 'card.check.unchecked'],
    ['card.deaf', 'card.deaf'],
  ]),
  checkFault: (_message, profiles, wrong, damage) => {
    const bad = [...Object.keys(wrong), ...Object.keys(damage)].find((path) => !/^(card|letter|hello|ask)\./.test(path))
    if (bad !== undefined) return `${bad}, where card.… was meant`
    return profiles.includes('udp') && 'card.stamp' in damage ? 'card.stamp, and datagrams have none' : undefined
  },
}
