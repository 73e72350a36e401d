// Logical names (IEC 62056-6-1): six value groups A to F, an octet each.

/** `1.0.1.8.0.255`; other octets than six are told all the same. */
export const logicalNameText = (octets: Uint8Array): string => octets.join('.')

/** The octets of `1.0.1.8.0.255`; undefined if it is not six numbers of an octet. */
export function logicalNameOctets(text: string): Uint8Array | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){5}$/.test(text)) return undefined
  const groups = text.split('.').map(Number)
  return groups.every((group) => group <= 255) ? Uint8Array.from(groups) : undefined
}
