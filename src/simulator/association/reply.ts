// Whether a request is reply_to_HLS_authentication of the association in which it comes: with logical names an ACTION, with short names a Read or a Write.
import type { Xdlms } from '../../protocol/xdlms/xdlms.ts'
import { findObject, visibleObjects } from '../model/access.ts'
import type { Situation } from '../model/classes.ts'
import { variableNamed } from '../services/short-names/names.ts'

const ASSOCIATION_LN = 15
const ASSOCIATION_SN = 12
const REPLY_LN = 1
const REPLY_SN = 8

export function isReply(asked: Xdlms, situation: Situation): boolean {
  switch (asked.is) {
    case 'action-request-normal': {
      const { 'class-id': classId, 'instance-id': name, 'method-id': method } = asked.value['cosem-method-descriptor']
      const object = findObject(visibleObjects(situation.description, situation.association), name)
      return classId === ASSOCIATION_LN && object?.['class-id'] === ASSOCIATION_LN && method === REPLY_LN
    }
    case 'read-request':
    case 'write-request': {
      const [variable, ...others] = asked.value['variable-access-specification']
      if (variable === undefined || others.length > 0) return false
      if (variable.is === 'variable-name') return asked.is === 'write-request' && isReplyName(variable.value)
      return variable.is === 'parameterized-access' && isReplyName(variable.value['variable-name'])
    }
    default:
      return false
  }

  function isReplyName(name: number): boolean {
    const variable = variableNamed(situation, name)
    return variable?.is === 'method' && variable.object['class-id'] === ASSOCIATION_SN && variable.id === REPLY_SN
  }
}
