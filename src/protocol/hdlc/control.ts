// Control field of IEC 62056-46 6.4.3, modulo 8; bit 4 is P in a command and F in a response.

export type Control =
  | { readonly is: 'i'; readonly 'n-s': number; readonly 'n-r': number; readonly 'poll-final': boolean }
  | { readonly is: 'rr' | 'rnr'; readonly 'n-r': number; readonly 'poll-final': boolean }
  | { readonly is: Unnumbered; readonly 'poll-final': boolean }
  /** An octet with no frame of the profile in it (REJ, SREJ, XID, TEST among them). */
  | { readonly is: 'undefined'; readonly octet: number }

export type Unnumbered = 'snrm' | 'disc' | 'ua' | 'dm' | 'frmr' | 'ui'
export type FrameName = Exclude<Control['is'], 'undefined'>

export const FRAME_NAMES: readonly FrameName[] = ['i', 'rr', 'rnr', 'snrm', 'disc', 'ua', 'dm', 'frmr', 'ui']

const POLL_FINAL = 0x10

/** With bit 4 = 0. */
const UNNUMBERED: Readonly<Record<Unnumbered, number>> = {
  snrm: 0x83,
  disc: 0x43,
  ua: 0x63,
  dm: 0x0f,
  frmr: 0x87,
  ui: 0x03,
}

const NAME_OF = new Map(Object.entries(UNNUMBERED).map(([name, octet]) => [octet, name as Unnumbered]))

export function controlOctet(control: Control): number {
  if (control.is === 'undefined') return control.octet
  const pollFinal = control['poll-final'] ? POLL_FINAL : 0
  switch (control.is) {
    case 'i':
      return ((control['n-r'] & 7) << 5) | pollFinal | ((control['n-s'] & 7) << 1)
    case 'rr':
      return ((control['n-r'] & 7) << 5) | pollFinal | 0x01
    case 'rnr':
      return ((control['n-r'] & 7) << 5) | pollFinal | 0x05
    default:
      return UNNUMBERED[control.is] | pollFinal
  }
}

export function readControl(octet: number): Control {
  const pollFinal = (octet & POLL_FINAL) !== 0
  const received = octet >> 5
  if ((octet & 1) === 0) return { is: 'i', 'n-s': (octet >> 1) & 7, 'n-r': received, 'poll-final': pollFinal }
  if ((octet & 0x0f) === 0x01) return { is: 'rr', 'n-r': received, 'poll-final': pollFinal }
  if ((octet & 0x0f) === 0x05) return { is: 'rnr', 'n-r': received, 'poll-final': pollFinal }
  const name = NAME_OF.get(octet & ~POLL_FINAL)
  return name === undefined ? { is: 'undefined', octet } : { is: name, 'poll-final': pollFinal }
}

/** Bit 4, also of an undefined control field. */
export const pollFinal = (control: Control): boolean =>
  control.is === 'undefined' ? (control.octet & POLL_FINAL) !== 0 : control['poll-final']
