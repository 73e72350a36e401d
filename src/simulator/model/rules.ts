import type { PortDescription } from '../description.ts'

/** How a local port is opened, as its class 19 object calls it. */
export type Opening = 'sign-on' | 'hdlc'

export interface ModelRules {
  /** What default_mode of the IEC local port setup says. */
  readonly openingTold: (port: PortDescription) => Opening
}

export const conformantModel: ModelRules = {
  openingTold: (port) => (port.kind === 'serial' && port.signOn !== undefined ? 'sign-on' : 'hdlc'),
}
