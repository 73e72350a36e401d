import type { Value } from '../../codec/value.ts'
import type { Vocabulary } from '../../engine/vocabulary.ts'
import { DURATION, FIELDS } from '../steps/word.ts'
import { allFilledButTheLast } from './all-filled-but-the-last.ts'
import { associationOf } from './association-of.ts'
import { neverFalling, scaledAlike } from './captured-registers.ts'
import { blocksOfPushes } from './blocks-of-pushes.ts'
import { compactDataOf } from './compact-data-of.ts'
import { cosemValueOf } from './cosem-value-of.ts'
import { demandRegisterOf } from './demand-register-of.ts'
import { deviationOf } from './deviation-of.ts'
import { driftSince } from './drift-since.ts'
import { conformanceAsDeclared } from './as-declared.ts'
import { devicesAsDeclared, logicalDeviceName, nameAsDeclared, sapAssignment } from './device-names.ts'
import { finalBitOnTheLastOnly } from './final-bit-on-the-last-only.ts'
import { identificationAsDeclared } from './identification-as-declared.ts'
import { likeSingleReads } from './like-single-reads.ts'
import { firstRowComplete } from './first-row-complete.ts'
import { keysOfItsOwn } from './keys-of-its-own.ts'
import { listsASelector } from './lists-a-selector.ts'
import { noRepeatedFrame } from './no-repeated-frame.ts'
import { noSecret } from './no-secret.ts'
import { notLaterThan } from './not-later-than.ts'
import { numberedInSequence } from './numbered-in-sequence.ts'
import { objectList } from './object-list.ts'
import { objectListPart } from './object-list-part.ts'
import { objectsAsDeclared } from './objects-as-declared.ts'
import { objectsDefined } from './objects-defined.ts'
import { oneLlcHeader } from './one-llc-header.ts'
import { profileRowsOf } from './profile-rows-of.ts'
import { lastRowMarked, loggedSince, stillHolds } from './rows-kept.ts'
import { columnsBetween } from './columns-between.ts'
import { allDifferent, bitBalance, noConstantOctet, noLinearGenerator, noneAgain } from './randomness.ts'
import { rowsOf } from './rows-of.ts'
import { rowsToldApart } from './rows-told-apart.ts'
import { rowsWithin } from './rows-within.ts'
import { serverTitle } from './server-title.ts'
import { thresholdsOf } from './thresholds-of.ts'
import { typedLike } from './typed-like.ts'
import { SELECTION } from './answered-rows.ts'
import { noncesDifferent, noncesUnguessed, noncesUnlike } from './signatures.ts'
import { spreadWithin } from './spread-within.ts'
import { withinTheAgreedLength } from './within-the-agreed-length.ts'

/** Named checks of saved values. */
export const checks: Vocabulary['checks'] = {
  'numbered-in-sequence': numberedInSequence,
  'within-the-agreed-length': withinTheAgreedLength,
  'final-bit-on-the-last-only': finalBitOnTheLastOnly,
  'one-llc-header': oneLlcHeader,
  'all-filled-but-the-last': allFilledButTheLast,
  'no-repeated-frame': noRepeatedFrame,
  'cosem-value-of': cosemValueOf,
  'no-secret': noSecret,
  'lists-a-selector': listsASelector,
  'rows-of': rowsOf,
  'rows-within': rowsWithin,
  'rows-told-apart': rowsToldApart,
  'first-row-complete': firstRowComplete,
  'object-list': objectList,
  'object-list-part': objectListPart,
  'objects-defined': objectsDefined,
  'profile-rows-of': profileRowsOf,
  'deviation-of': deviationOf,
  'like-single-reads': likeSingleReads,
  'association-of': associationOf,
  'sap-assignment': sapAssignment,
  'logical-device-name': logicalDeviceName,
  'drift-since': driftSince,
  'typed-like': typedLike,
  'still-holds': stillHolds,
  'logged-since': loggedSince,
  'last-row-marked': lastRowMarked,
  'scaled-alike': scaledAlike,
  'never-falling': neverFalling,
  'identification-as-declared': identificationAsDeclared,
  'conformance-as-declared': conformanceAsDeclared,
  'devices-as-declared': devicesAsDeclared,
  'name-as-declared': nameAsDeclared,
  'objects-as-declared': objectsAsDeclared,
  'columns-between': columnsBetween,
  'compact-data-of': compactDataOf,
  'blocks-of-pushes': blocksOfPushes,
  'spread-within': spreadWithin,
  'demand-register-of': demandRegisterOf,
  'not-later-than': notLaterThan,
  'thresholds-of': thresholdsOf,
  'server-title': serverTitle,
  'all-different': allDifferent,
  'none-again': noneAgain,
  'keys-of-its-own': keysOfItsOwn,
  'no-constant-octet': noConstantOctet,
  'bit-balance': bitBalance,
  'no-linear-generator': noLinearGenerator,
  'nonces-different': noncesDifferent,
  'nonces-unlike': noncesUnlike,
  'nonces-unguessed': noncesUnguessed,
}

/** JSON Schema of the argument, of those that take one. */
export const checkArguments: Readonly<Record<string, Value>> = {
  'cosem-value-of': FIELDS,
  'rows-of': SELECTION,
  'rows-within': SELECTION,
  'rows-told-apart': SELECTION,
  'first-row-complete': SELECTION,
  'object-list': FIELDS,
  'object-list-part': FIELDS,
  'profile-rows-of': FIELDS,
  'deviation-of': FIELDS,
  'like-single-reads': FIELDS,
  'association-of': FIELDS,
  'sap-assignment': FIELDS,
  'drift-since': FIELDS,
  'typed-like': FIELDS,
  'still-holds': FIELDS,
  'logged-since': FIELDS,
  'scaled-alike': FIELDS,
  'never-falling': FIELDS,
  'identification-as-declared': FIELDS,
  'conformance-as-declared': FIELDS,
  'devices-as-declared': FIELDS,
  'name-as-declared': FIELDS,
  'objects-as-declared': FIELDS,
  'columns-between': FIELDS,
  'compact-data-of': FIELDS,
  'spread-within': DURATION,
  'demand-register-of': FIELDS,
  'not-later-than': FIELDS,
  'thresholds-of': FIELDS,
  'server-title': FIELDS,
  'none-again': { type: 'array' },
  'nonces-unlike': { type: 'array' },
}
