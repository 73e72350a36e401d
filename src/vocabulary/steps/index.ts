import { accessWords } from './access.ts'
import { agreementWords } from './key-agreement.ts'
import { associationWords } from './association.ts'
import { attributeWords } from './attribute.ts'
import { blockWords } from './blocks.ts'
import { calendarWords } from './calendar.ts'
import { capturedWords } from './captured.ts'
import { certificateImportWords } from './certificate-import.ts'
import { certificateRequestWords } from './certificate-request.ts'
import { certificateStoreWords } from './certificate-store.ts'
import { clockSampleWords } from './clock-sample.ts'
import { clockWords } from './clock.ts'
import { columnWords } from './columns.ts'
import { connectionWords } from './connection.ts'
import { enduranceWords } from './endurance.ts'
import { dataProtectionWords } from './data-protection.ts'
import { derivationWords } from './key-derivation.ts'
import { deniedWords } from './denied.ts'
import { frameWords } from './frame.ts'
import { generalProtectionWords } from './general-protection.ts'
import { imageWords } from './image.ts'
import { impersonateWords } from './impersonate.ts'
import { keyCutWords } from './key-cut.ts'
import { keyWords } from './key-transfer.ts'
import { linkWords } from './link.ts'
import { listWords } from './list.ts'
import { longerListWords } from './longer-list.ts'
import { meterWords } from './meter.ts'
import { mutationWords } from './mutation.ts'
import { objectListWords } from './object-list.ts'
import { profileWords } from './profile.ts'
import { protectionBufferWords } from './protection-buffer.ts'
import { pushWords } from './push.ts'
import { readoutWords } from './readout.ts'
import { reopenWords } from './reopen.ts'
import { reflectWords } from './reflect.ts'
import { registerWords } from './register.ts'
import { restoreWords } from './restore.ts'
import { rungWords } from './rung.ts'
import { sampleWords } from './sample.ts'
import { signatureWords } from './sample-signatures.ts'
import { secretWords } from './secret-change.ts'
import { shortNameWords } from './short-names.ts'
import { signOnWords } from './sign-on.ts'
import { supplyWords } from './supply.ts'
import type { Word } from './word.ts'

/** All words of `do`. */
export const stepWords: Readonly<Record<string, Word>> = {
  ...connectionWords,
  ...signOnWords,
  ...readoutWords,
  ...registerWords,
  ...linkWords,
  ...frameWords,
  ...associationWords,
  ...enduranceWords,
  ...reopenWords,
  ...reflectWords,
  ...impersonateWords,
  ...sampleWords,
  ...signatureWords,
  ...rungWords,
  ...attributeWords,
  ...deniedWords,
  ...listWords,
  ...objectListWords,
  ...accessWords,
  ...agreementWords,
  ...derivationWords,
  ...generalProtectionWords,
  ...profileWords,
  ...capturedWords,
  ...clockWords,
  ...clockSampleWords,
  ...calendarWords,
  ...supplyWords,
  ...imageWords,
  ...keyWords,
  ...keyCutWords,
  ...secretWords,
  ...certificateRequestWords,
  ...certificateImportWords,
  ...certificateStoreWords,
  ...columnWords,
  ...longerListWords,
  ...dataProtectionWords,
  ...protectionBufferWords,
  ...pushWords,
  ...blockWords,
  ...shortNameWords,
  ...restoreWords,
  ...meterWords,
  ...mutationWords,
}
