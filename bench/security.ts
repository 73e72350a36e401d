import { createCipheriv, createDecipheriv } from 'node:crypto'
import { keyPairOf, signature } from '../src/protocol/security/curves.ts'
import { initializationVector, protect, unprotect, type Protection } from '../src/protocol/security/protection.ts'
import { securityControlOf } from '../src/protocol/security/security-control.ts'
import { checkSignature } from '../src/protocol/security/signature.ts'
import type { Figure, Group } from './figure.ts'
import { compared } from './median.ts'

const SIZES = { '64 B': 64, '1 KB': 1024, '64 KB': 65_536 } as const
const TAG_OCTETS = 12

const protection: Protection = {
  control: securityControlOf(0x30),
  invocationCounter: 1,
  originator: new Uint8Array(8).fill(1),
  keys: { encryption: new Uint8Array(16).fill(2), authentication: new Uint8Array(16).fill(3) },
}
const { encryption: key, authentication } = protection.keys
const iv = initializationVector(protection)
const aad = Uint8Array.of(0x30, ...authentication)
const options = { authTagLength: TAG_OCTETS }

function sealedByNode(plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-128-gcm', key, iv, options).setAAD(aad)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function openedByNode(sealed: Uint8Array): Uint8Array {
  const end = sealed.length - TAG_OCTETS
  const decipher = createDecipheriv('aes-128-gcm', key, iv, options).setAAD(aad).setAuthTag(sealed.subarray(end))
  return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()])
}

const BY_NODE = 'AES-GCM of the same octets by node:crypto'

async function ofSize(name: string, size: number): Promise<readonly Figure[]> {
  const plain = new Uint8Array(size).fill(0xc0)
  const sealed = protect(protection, plain)
  const ms = await compared({
    protect: () => void protect(protection, plain),
    unprotect: () => void unprotect(protection, sealed),
    seal: () => void sealedByNode(plain),
    open: () => void openedByNode(sealed),
  })
  const figure = (what: string, own: number, node: number): Figure => ({
    name: `${what} ${name}`,
    value: own * 1000,
    unit: 'µs',
    ratio: { value: own / node, of: BY_NODE },
  })
  return [figure('protecting', ms.protect, ms.seal), figure('unprotecting', ms.unprotect, ms.open)]
}

/** Protecting and unprotecting APDUs, and what signatures cost beside it. */
export async function security(): Promise<Group> {
  const figures: Figure[] = []
  for (const [name, size] of Object.entries(SIZES)) figures.push(...(await ofSize(name, size)))
  const pair = keyPairOf('P-256', new Uint8Array(32).fill(4))
  const message = new Uint8Array(1024)
  const signed = signature('P-256', pair, message)
  const ms = await compared({
    sign: () => void signature('P-256', pair, message),
    verify: () => void checkSignature('P-256', pair.publicKey, message, signed),
    protect: () => void protect(protection, message),
  })
  const asymmetric = (name: string, own: number): Figure => ({
    name,
    value: own * 1000,
    unit: 'µs',
    ratio: { value: own / ms.protect, of: 'protecting 1 KB' },
  })
  return {
    title: 'Security',
    figures: [...figures, asymmetric('signing, P-256', ms.sign), asymmetric('checking a signature, P-256', ms.verify)],
    notes: ['Suite 0, authenticated and encrypted; medians.'],
  }
}
