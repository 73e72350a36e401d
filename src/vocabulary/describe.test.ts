import { expect } from 'chai'
import { describeStep } from './describe.ts'

describe('a step as a sentence', () => {
  for (const [step, sentence] of [
    [
      { send: { disc: {} }, damage: { 'hdlc.closing-flag': 'drop' }, expect: [{ silent: 47 }] },
      'send DISC, hdlc.closing-flag drop; expect silence for 47 ms',
    ],
    [
      { send: { rr: { 'n-r': 0 } }, expect: [{ rr: { 'n-r': 0, final: true } }] },
      'send RR (n-r 0); expect RR (n-r 0, final true)',
    ],
    [{ send: { i: { apdu: { aarq: {} } } } }, 'send I with AARQ'],
    [{ send: [{ rr: {} }, { again: '$x' }] }, 'send RR, then the same octets again'],
    [{ send: { octets: '7E7E', at: 'line' } }, 'send the octets 7E7E'],
    [{ send: { fill: { from: { aarq: {} }, length: 99 } } }, 'send AARQ made 99 octets long'],
    [{ send: { aarq: {} }, wrong: { 'aarq.mechanism-name': 'absent' } }, 'send AARQ, aarq.mechanism-name absent'],
    [{ send: { aarq: {} }, wrong: { 'wrapper.version': 2 } }, 'send AARQ, wrapper.version wrong (2)'],
    [
      { send: { get: { 'class-id': 1, 'instance-id': '0.0.42.0.0.255', 'attribute-id': 2 } } },
      'send get (0.0.42.0.0.255/2)',
    ],
    [
      { do: 'link.up', propose: { 'window-size-transmit': 3 } },
      'bring the link up (propose {"window-size-transmit":3})',
    ],
    [{ do: 'association.alive' }, 'read something: the association is alive'],
    [{ do: 'dance' }, 'dance'],
    [{ wait: 100 }, 'stay silent for 100 ms'],
    [{ wait: '$x', never: [{ dm: {} }] }, 'stay silent for $x; never DM'],
    [{ check: '$frames', is: ['one-llc-header'] }, 'check $frames: ["one-llc-header"]'],
    [
      { require: '$link.window-size-transmit', is: { atLeast: 2 } },
      'go on only where $link.window-size-transmit is atLeast 2',
    ],
    [{ expect: [{ ui: {} }, { dm: {}, id: 'dm', fails: 'never' }] }, 'listen; expect UI'],
    ['anything', 'anything'],
  ] as const)
    it(sentence, () => expect(describeStep(step)).to.equal(sentence))
})
