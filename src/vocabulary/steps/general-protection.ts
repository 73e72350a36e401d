// general-ciphering.header · general-signing.input: whether the meter authenticates and signs what the standard has, or what some implementations do (ruling Y28).
import { AADS } from '../../protocol/security/ciphered-apdu.ts'
import { SIGNED_INPUTS } from '../../protocol/security/general-signing.ts'
import { formTaken } from './other-form.ts'
import { FIELDS, type Word } from './word.ts'

const ASKED = {
  properties: { attribute: FIELDS },
  required: ['attribute'],
  outcomes: ['success', 'taken', 'refused'],
  alive: true,
} as const

const header: Word = {
  ...ASKED,
  says: 'see what general-ciphering authenticates',
  run: (doing) =>
    formTaken(doing, {
      of: 'general-ciphering',
      all: AADS,
      declared: doing.connection.security?.aad ?? 'with-header',
      manner: (aad) => ({ form: 'general-ciphering', aad }),
      words: {
        'with-header': 'with its header authenticated',
        'without-header': 'with its header left out of what is authenticated',
      },
    }),
}

const input: Word = {
  ...ASKED,
  says: 'see what general-signing signs',
  run: (doing) =>
    formTaken(doing, {
      of: 'general-signing',
      all: SIGNED_INPUTS,
      declared: doing.connection.security?.signedInput ?? 'standard',
      manner: (signedInput) => ({ signed: true, signedInput }),
      words: {
        standard: 'signed as the standard has it',
        'content-without-length': 'with the length of the content left out of what is signed',
        'with-tag': 'with the tag of the APDU signed as well',
      },
    }),
}

export const generalProtectionWords: Readonly<Record<string, Word>> = {
  'general-ciphering.header': header,
  'general-signing.input': input,
}
