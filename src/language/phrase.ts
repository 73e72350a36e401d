/** What a schema asks for, in a few words: literals as they are, objects by the keys that make them, strings and lists by their description. */
export function phrase(schema: Readonly<Record<string, unknown>>, keyword?: string): string {
  if ('const' in schema) return JSON.stringify(schema['const'])
  if (Array.isArray(schema['enum']))
    return oneOf((schema['enum'] as readonly unknown[]).map((value) => JSON.stringify(value)))
  const limit = keyword === undefined ? undefined : LIMITS[keyword]?.(schema)
  if (limit !== undefined) return limit
  const description = schema['description']
  const type = typeof schema['type'] === 'string' ? schema['type'] : undefined
  if (type === 'object') {
    const required = Array.isArray(schema['required']) ? (schema['required'] as readonly unknown[]) : []
    return required.length > 0 ? `{${required.map((key) => `${JSON.stringify(key)}: …`).join(', ')}}` : 'an object'
  }
  if (typeof description === 'string') return description.replace(/\.$/, '')
  if (typeof schema['pattern'] === 'string') return `text like ${schema['pattern']}`
  return NAMES[type ?? ''] ?? 'another value'
}

const oneOf = (words: readonly string[]): string =>
  words.length > 1 ? `one of ${words.join(', ')}` : (words[0] ?? 'nothing')

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  array: 'a list',
}

const LIMITS: Readonly<Record<string, (schema: Readonly<Record<string, unknown>>) => string>> = {
  minItems: ({ minItems }) => `at least ${String(minItems)} in the list`,
  maxItems: ({ maxItems }) => `at most ${String(maxItems)} in the list`,
  minProperties: () => 'at least one key',
  uniqueItems: () => 'each only once',
  minimum: ({ minimum }) => `at least ${String(minimum)}`,
  minLength: () => 'some text',
}
