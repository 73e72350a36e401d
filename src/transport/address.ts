/** Where a stream or datagram goes. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** `192.0.2.1:4059`, `[2001:db8::1]:4059`. */
export const addressText = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

/** The port of such a text. */
export const portOf = (text: string): number => Number(text.slice(text.lastIndexOf(':') + 1))
