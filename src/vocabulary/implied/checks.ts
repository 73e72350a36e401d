// Checks of the receiver: what garbles a unit breaks a clause too.

/** The checks of the receiver, and which clause each belongs to. */
export const CHECK_CLAUSES: Readonly<Record<string, string>> = {
  'hdlc.closing-flag': 'hdlc.flags',
  'hdlc.format-type': 'hdlc.frame.type',
  'hdlc.length': 'hdlc.frame.length',
  'hdlc.too-short': 'hdlc.frame.shortest',
  'hdlc.destination-address': 'hdlc.address.length',
  'hdlc.source-address': 'hdlc.address.length',
  'hdlc.hcs': 'hdlc.hcs',
  'hdlc.fcs': 'hdlc.fcs',
  'wrapper.version': 'wrapper.version',
  'wrapper.length': 'wrapper.length',
  'wrapper.too-short': 'wrapper.length',
  'sign-on.bcc': 'sign-on.bcc',
  'sign-on.form': 'sign-on.identification',
  'sign-on.parity': 'sign-on.identification',
}
