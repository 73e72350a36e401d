import { encode } from '../src/codec/codec.ts'
import { type Data, data } from '../src/protocol/data/data.ts'

const row = (i: number): Data => ({
  is: 'structure',
  value: [
    { is: 'octet-string', value: new Uint8Array(12).fill(7) },
    { is: 'unsigned', value: 0 },
    { is: 'double-long-unsigned', value: i },
    { is: 'double-long-unsigned', value: 3 * i },
    { is: 'long-unsigned', value: i & 0xffff },
  ],
})

/** A load profile: rows of clock, status and three registers. */
export const profile = (rows: number): Data => ({ is: 'array', value: Array.from({ length: rows }, (_, i) => row(i)) })

export const profileOctets = (rows: number): Uint8Array => encode(data, profile(rows))
