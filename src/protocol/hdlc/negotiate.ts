// Negotiation of SNRM and UA (IEC 62056-46 6.4.4.4.3.2). "transmit" and "receive" are seen by the sender of the frame.

/** The four parameters, each as the one who holds them sees it. Lengths in octets of the information field, windows in frames. */
export interface LinkParameters {
  readonly 'max-information-field-length-transmit': number
  readonly 'max-information-field-length-receive': number
  readonly 'window-size-transmit': number
  readonly 'window-size-receive': number
}

export type LinkParameter = keyof LinkParameters

/** What holds where nothing was said. */
export const DEFAULT_PARAMETERS: LinkParameters = {
  'max-information-field-length-transmit': 128,
  'max-information-field-length-receive': 128,
  'window-size-transmit': 1,
  'window-size-receive': 1,
}

const MIRROR: Readonly<Record<LinkParameter, LinkParameter>> = {
  'max-information-field-length-transmit': 'max-information-field-length-receive',
  'max-information-field-length-receive': 'max-information-field-length-transmit',
  'window-size-transmit': 'window-size-receive',
  'window-size-receive': 'window-size-transmit',
}

export const LINK_PARAMETERS = Object.keys(DEFAULT_PARAMETERS) as readonly LinkParameter[]

/** For each parameter a number, from what the rule says for it. */
const each = (rule: (name: LinkParameter) => number): LinkParameters => ({
  'max-information-field-length-transmit': rule('max-information-field-length-transmit'),
  'max-information-field-length-receive': rule('max-information-field-length-receive'),
  'window-size-transmit': rule('window-size-transmit'),
  'window-size-receive': rule('window-size-receive'),
})

/** One side's parameters as the other side sees them. */
export const mirrored = (parameters: LinkParameters): LinkParameters => each((name) => parameters[MIRROR[name]])

/** The secondary's side: its own limits and the proposal of the SNRM → what it says in the UA, and keeps. Never more than proposed. */
export const agree = (limits: LinkParameters, proposal: Partial<LinkParameters>): LinkParameters =>
  each((name) => Math.min(limits[name], proposal[MIRROR[name]] ?? DEFAULT_PARAMETERS[name]))

/**
 * The primary's side: its proposal and the parameters of the UA → what it keeps. A parameter that the UA leaves out has its default;
 * a value larger than proposed is the secondary's fault (`exceeded` tells), and the smaller one is kept (ruling H20).
 */
export const settle = (proposal: LinkParameters, answer: Partial<LinkParameters>): LinkParameters =>
  each((name) => Math.min(proposal[name], answer[MIRROR[name]] ?? DEFAULT_PARAMETERS[name]))

/** Parameters of the UA that are larger than the SNRM allowed. What the SNRM left out counts as its default. */
export const exceeded = (
  proposal: Partial<LinkParameters>,
  answer: Partial<LinkParameters>,
): readonly LinkParameter[] =>
  LINK_PARAMETERS.filter((name) => (answer[name] ?? 0) > (proposal[MIRROR[name]] ?? DEFAULT_PARAMETERS[name]))
