// How an HDLC meter is reached: its address, and what its link agrees to. Only DISC and SNRM are sent.
import { isForUs, Link } from '../client/link.ts'
import { newLedger } from '../client/ledger.ts'
import type { Port } from '../client/port.ts'
import { addressOctets, clientAddress, serverAddress } from '../protocol/hdlc/address.ts'
import { mirrored, type LinkParameters } from '../protocol/hdlc/negotiate.ts'
import type { Ms } from '../protocol/line.ts'
import type { Addressing } from './findings.ts'

export interface Address {
  readonly addressing: Addressing
  readonly lower?: number
}

/** The longest first: four octets name one device on the line, one octet might be any. */
const addresses = (lowers: readonly number[]): readonly Address[] => [
  ...([4, 2] as const).flatMap((addressing) => lowers.map((lower) => ({ addressing, lower }))),
  ONE_OCTET,
]

export const linkTo = (port: Port, { addressing, lower }: Address, client: number, server: number): Link =>
  new Link(port, {
    client: addressOctets(clientAddress(client)),
    server: addressOctets(serverAddress(addressing, server, lower ?? 0)),
  })

export interface Found extends Address {
  /** A lower address that nobody should have is answered as well. */
  readonly anyLower: boolean
}

/**
 * The first address that answers DISC: that harms no link which is not there. Who answers whatever the lower address is may be a meter
 * of one octet that takes longer ones for it.
 */
export async function findAddress(
  port: Port,
  { client, server, lowers }: { readonly client: number; readonly server: number; readonly lowers: readonly number[] },
  responseMs: Ms,
): Promise<Found | undefined> {
  const answers = (address: Address): Promise<boolean> =>
    disconnected(linkTo(port, address, client, server), responseMs)
  for (const address of addresses(lowers)) {
    if (!(await answers(address))) continue
    const anyLower = address.lower !== undefined && (await answers({ ...address, lower: unlikely(lowers) }))
    return anyLower && (await answers(ONE_OCTET)) ? { ...ONE_OCTET, anyLower } : { ...address, anyLower }
  }
  return undefined
}

const ONE_OCTET: Address = { addressing: 1 }
/** It fits in one octet, and is none of those that makers use. */
const unlikely = (lowers: readonly number[]): number => [85, 86, 87, 88].find((lower) => !lowers.includes(lower)) ?? 89

/** UA or DM came from where the link goes. */
export async function disconnected(link: Link, responseMs: Ms): Promise<boolean> {
  const reaction = await link.setMode(link.disc(), responseMs, newLedger(), timesOn(link))
  if (reaction.is !== 'frame' || !isForUs(link.addresses, reaction.frame)) return false
  const { is } = reaction.frame.control
  return is === 'ua' || is === 'dm'
}

const LARGEST: LinkParameters = {
  'max-information-field-length-transmit': 2030,
  'max-information-field-length-receive': 2030,
  'window-size-transmit': 7,
  'window-size-receive': 7,
}

/** SNRM with the largest proposal, then without any; gives the limits as the meter sees them. */
export async function connected(link: Link, responseMs: Ms): Promise<LinkParameters | undefined> {
  for (const proposal of [LARGEST, {}]) {
    const reaction = await link.setMode(link.snrm(proposal), responseMs, newLedger(), timesOn(link))
    if (reaction.is === 'frame' && reaction.frame.control.is === 'ua' && isForUs(link.addresses, reaction.frame))
      return mirrored(link.state.parameters)
  }
  return undefined
}

/** Nothing is lost in TCP. */
const timesOn = ({ port }: Link): number => (port.transport.kind === 'stream' ? 1 : 2)
