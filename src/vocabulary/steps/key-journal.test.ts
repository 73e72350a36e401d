import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { memoryState } from '../../world/state.ts'
import {
  keyChangeOf,
  keyEntry,
  oldKey,
  putBackKeys,
  ringsToTry,
  type KeyChange,
  type Ring,
  type Rings,
} from './key-journal.ts'

const NEW = new Uint8Array(16).fill(0xee)
const change = (name: KeyChange['name'], next: KeyChange['new'] = { octets: NEW }): KeyChange => ({
  client: 'sacrificial',
  device: 'management',
  object: '0.0.43.0.2.255',
  name,
  old: { secret: `old-${name}` },
  new: next,
})
const GUEK = change('global-unicast-encryption-key')
/** Two ways lead to a new key, and nobody knows which one a meter goes. */
const OTHERWISE: KeyChange = { ...GUEK, otherwise: { octets: new Uint8Array(16).fill(0xdd) } }
const GAK = change('authentication-key', { secret: 'next-gak' })

/** Secrets of one octet: `old…` is 0, others 1. */
const secret = (name: string): Uint8Array | undefined =>
  name.startsWith('gone') ? undefined : Uint8Array.of(name.startsWith('old') ? 0 : 1)
const setup = { secret, keepSecret: () => undefined }
const inOrder = ({ old, others }: Rings): readonly Ring[] => [...(old === undefined ? [] : [old]), ...others]
const shown = (rings: readonly Ring[]): readonly string[] =>
  rings.map((ring) => [...ring.values()].map((octets) => hex(octets).slice(0, 2)).join(' '))

describe('keys in the journal', () => {
  it('go by name, those of the run by octets, and come back as they went', () => {
    for (const each of [GUEK, OTHERWISE, GAK, change('hls-secret')]) {
      const { key, ...how } = keyEntry(each)
      const state = memoryState()
      state.remember({ key, how: { ...how, port: 'hdlc' }, old: oldKey(each.old), at: '' })
      const [entry] = state.journal()
      expect(entry && keyChangeOf(entry.how, entry.old)).to.deep.equal(each)
    }
    expect(keyEntry(GUEK)).to.deep.include({
      key: 'keys/management/0.0.43.0.2.255/global-unicast-encryption-key',
      word: 'key.transfer',
      new: { octets: 'EE'.repeat(16) },
    })
    expect(keyEntry(change('hls-secret')).word).to.equal('change-hls-secret')
  })

  it('are told from other entries and from damaged ones', () => {
    const how = keyEntry(GUEK)
    for (const [other, old] of [
      [{ ...how, word: 'write' }, { secret: 'a' }],
      [{ ...how, name: 'house-key' }, { secret: 'a' }],
      [{ ...how, client: 1 }, { secret: 'a' }],
      [{ ...how, new: { octets: 'XX' } }, { secret: 'a' }],
      [how, { key: 'a' }],
      [null, null],
    ] as const)
      expect(keyChangeOf(other, old)).to.equal(undefined)
  })

  it('may be the old ones, the new ones, or some of each', () => {
    expect(shown(inOrder(ringsToTry([GUEK], setup)))).to.deep.equal(['00', 'EE'])
    expect(shown(inOrder(ringsToTry([GUEK, GAK], setup)))).to.deep.equal(['00 00', 'EE 01', 'EE 00', '00 01'])
    expect(shown(inOrder(ringsToTry([OTHERWISE], setup)))).to.deep.equal(['00', 'EE', 'DD'])
    expect(inOrder(ringsToTry([GUEK, GUEK, GUEK, GUEK, GUEK], setup))).to.have.length(2)
    expect(shown(inOrder(ringsToTry([change('master-key', { secret: 'gone' })], setup)))).to.deep.equal(['00'])
    const lost = ringsToTry([{ ...GUEK, old: { secret: 'gone' } }], setup)
    expect(lost.old, 'a new key is never taken for the old one').to.equal(undefined)
    expect(shown(lost.others)).to.deep.equal(['EE'])
  })

  it('are hidden before they are used', () => {
    const kept: string[] = []
    ringsToTry([GUEK, GAK], { secret, keepSecret: (octets) => void kept.push(hex(octets)) })
    expect(kept).to.deep.equal(['EE'.repeat(16)])
  })

  describe('are put back', () => {
    /** A meter that has the ring at this place. */
    async function back(
      has: number,
      known?: Ring,
    ): Promise<{ readonly text: string | undefined; readonly log: readonly string[] }> {
      const rings = ringsToTry([GUEK, GAK], setup)
      const log: string[] = []
      const text = await putBackKeys(
        GUEK,
        rings,
        {
          opens: (_, ring) => {
            log.push(`open ${shown([ring]).join()}`)
            return Promise.resolve(ring === inOrder(rings)[has] ? { is: 'open' } : { is: 'not-open', text: 'silence' })
          },
          transferKeys: (_, keys) => {
            log.push(`transfer ${shown([keys]).join()}`)
            return Promise.resolve(undefined)
          },
        },
        known,
      )
      return { text, log }
    }

    it('not at all where the meter still has them', async () => {
      expect(await back(0)).to.deep.equal({ text: undefined, log: ['open 00 00'] })
    })
    it('by a transfer under those that it has', async () => {
      expect(await back(1)).to.deep.equal({ text: undefined, log: ['open 00 00', 'open EE 01', 'transfer 00 00'] })
      expect((await back(3)).log.at(-1)).to.equal('transfer 00 00')
    })
    it('first with those that it took last', async () => {
      const { log } = await back(1, new Map([...(inOrder(ringsToTry([GUEK, GAK], setup))[1] ?? [])]))
      expect(log).to.deep.equal(['open EE 01', 'transfer 00 00'])
    })
    describe('where every association opens, for the key shows in none', () => {
      /** A meter that takes what comes under the key at this place. */
      async function unseen(takesUnder: number, known?: Ring) {
        const rings = ringsToTry([change('master-key')], setup)
        const log: string[] = []
        let open: Ring | undefined
        const sending = {
          opens: (_: KeyChange, ring: Ring) => {
            open = ring
            return Promise.resolve({ is: 'open' } as const)
          },
          transferKeys: () => {
            log.push(shown(open ? [open] : []).join())
            return Promise.resolve(open === inOrder(rings)[takesUnder] ? undefined : 'refused')
          },
        }
        return { text: await putBackKeys(GUEK, rings, sending, known), log }
      }
      const NEW_ONE = new Map([['master-key', NEW] as const])

      it('under the old one, or the new one, whichever the meter has', async () => {
        expect(await unseen(0)).to.deep.equal({ text: undefined, log: ['00'] })
        expect(await unseen(1)).to.deep.equal({ text: undefined, log: ['00', 'EE'] })
        expect(await unseen(1, NEW_ONE)).to.deep.equal({ text: undefined, log: ['EE'] })
      })
      it('unless the meter takes no key, and was not seen to take one', async () => {
        expect((await unseen(9)).text).to.equal(undefined)
        expect((await unseen(9, NEW_ONE)).text).to.equal('refused')
      })
    })
    it('or it is said that nothing opens', async () => {
      const { text, log } = await back(9)
      expect(text).to.equal('no association opens with the old keys or the new ones of 0.0.43.0.2.255: silence')
      expect(log).to.have.length(4)
    })
    it('or that they are not known any more', async () => {
      const nobody = { opens: () => Promise.reject(new Error()), transferKeys: () => Promise.reject(new Error()) }
      expect(await putBackKeys(GUEK, { old: undefined, others: [new Map()] }, nobody)).to.match(/not known/)
    })
  })
})
