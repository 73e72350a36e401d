import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { checks } from './index.ts'

/** An I frame of the meter, as `exchange.hdlc` saves it. */
const i = (sent: number, more: { readonly [name: string]: Value } = {}): Value => ({
  direction: 'received',
  frame: 'i',
  'n-s': sent,
  final: true,
  segmentation: false,
  'information-octets': 'E6E700C401',
  'max-information-field-length': 5,
  ...more,
})
const asking = (expected: number): Value => ({ direction: 'sent', frame: 'rr', 'n-r': expected, final: true })
const RR = asking(0)
const MORE = { segmentation: true, final: false } as const
const BEHIND = { 'information-octets': '0102030405' } as const

const EXAMPLES: Readonly<Record<string, { readonly passes: readonly Value[][]; readonly fails: readonly Value[][] }>> =
  {
    'numbered-in-sequence': {
      passes: [[], [i(6), RR, i(7), RR, i(0)], [{ ...(i(3) as object), direction: 'sent' }, i(0)]],
      fails: [
        [i(0), i(0)],
        [i(0), RR, i(2)],
        [i(7), i(1)],
      ],
    },
    'within-the-agreed-length': {
      passes: [[i(0)], [RR]],
      fails: [[i(0), i(1, { 'information-octets': '000102030405' })]],
    },
    'final-bit-on-the-last-only': {
      passes: [[i(0)], [i(0, MORE), i(1)], [i(0), RR, i(1, { final: false }), i(2)]],
      fails: [[i(0, { final: false })], [i(0), i(1)], [i(0, { final: false }), RR, i(1)]],
    },
    'one-llc-header': {
      passes: [[i(0)], [i(0, MORE), RR, i(1, BEHIND)], [i(0), i(1)]],
      fails: [[i(0, BEHIND)], [i(0, MORE), i(1)]],
    },
    'no-repeated-frame': {
      passes: [
        [i(0), i(1)],
        [i(0), RR, i(0, BEHIND)],
        [i(0), asking(0), i(0)],
      ],
      fails: [
        [i(0), i(0)],
        [i(0), asking(1), i(0)],
      ],
    },
  }

/** Checks of values of objects, each with a test of its own. */
const OF_VALUES = [
  'profile-rows-of',
  'deviation-of',
  'like-single-reads',
  'demand-register-of',
  'not-later-than',
  'keys-of-its-own',
  'thresholds-of',
  'server-title',
  'scaled-alike',
  'never-falling',
  'still-holds',
  'last-row-marked',
  'logged-since',
  'rows-told-apart',
  'drift-since',
  'typed-like',
  'association-of',
  'sap-assignment',
  'logical-device-name',
  'cosem-value-of',
  'no-secret',
  'object-list',
  'object-list-part',
  'objects-defined',
  'conformance-as-declared',
  'devices-as-declared',
  'identification-as-declared',
  'name-as-declared',
  'objects-as-declared',
]

/** Named checks of what a meter pushes and compacts: tested beside them. */
const OF_PUSHES = ['blocks-of-pushes', 'columns-between', 'spread-within', 'compact-data-of']

/** Named checks of samples that should be random: tested beside them. */
const OF_SAMPLES = [
  'all-different',
  'bit-balance',
  'no-constant-octet',
  'no-linear-generator',
  'none-again',
  'nonces-different',
  'nonces-unguessed',
  'nonces-unlike',
]
/** Named checks of the rows of a buffer: tested beside them. */
const OF_ROWS = ['rows-of', 'rows-within', 'first-row-complete', 'lists-a-selector']

describe('named checks', () => {
  for (const [name, { passes, fails }] of Object.entries(EXAMPLES))
    describe(name, () => {
      for (const frames of passes)
        it(`passes ${JSON.stringify(frames).length} characters of frames`, () =>
          expect(checks[name]?.(frames, undefined)).to.deep.equal({ is: 'pass' }))
      for (const frames of fails)
        it(`fails ${JSON.stringify(frames).length} characters of frames`, () =>
          expect(checks[name]?.(frames, undefined)).to.include({ is: 'fails' }))
      it('fails what is no exchange', () => {
        for (const value of [null, 3, { hdlc: [] }, [{ direction: 'received' }]] as const)
          expect(checks[name]?.(value, undefined)).to.include({ is: 'fails', expected: 'frames of an exchange' })
      })
    })

  it('all-filled-but-the-last only remarks', () => {
    const check = checks['all-filled-but-the-last']
    expect(check?.([i(0, MORE), i(1, { 'information-octets': '00' })], undefined)).to.deep.equal({ is: 'pass' })
    expect(check?.([i(0, { ...MORE, 'information-octets': 'E6E700' }), i(1)], undefined)).to.deep.equal({
      is: 'remark',
      text: 'a segment of 3 octets where 5 were agreed, and more to come',
      ruling: 'H43',
    })
  })

  it('each has examples here, or beside it', () => {
    expect(Object.keys(checks).sort()).to.deep.equal(
      [
        ...Object.keys(EXAMPLES),
        'all-filled-but-the-last',
        ...OF_VALUES,
        ...OF_PUSHES,
        ...OF_ROWS,
        ...OF_SAMPLES,
      ].sort(),
    )
  })
})
