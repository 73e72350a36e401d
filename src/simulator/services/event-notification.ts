// EVENT-NOTIFICATION: what is told unasked in an association, once its answer has been given (IEC 62056-5-3; ruling X21).
import { encode } from '../../codec/codec.ts'
import { xdlms, type Xdlms } from '../../protocol/xdlms/xdlms.ts'
import type { EventDescription, ObjectDescription } from '../description.ts'
import { findObject } from '../model/access.ts'
import { attributeOf } from '../model/attribute.ts'
import type { Situation } from '../model/classes.ts'
import { dateTime } from '../model/clock/clock.ts'
import { nothing } from '../model/data.ts'
import type { Path } from '../upper.ts'

type EventNotification = Extract<Xdlms, { readonly is: 'event-notification-request' }>['value']

export interface EventRules {
  /** Whether events are told where this client is: over HDLC the server waits until it is asked. */
  readonly isTold: (path: Path) => boolean
  readonly notification: (notification: EventNotification) => EventNotification
}

export const conformantEvents: EventRules = {
  isTold: ({ carrier }) => carrier !== 'hdlc',
  notification: (notification) => notification,
}

/** An event of an object, with the attribute that it names as it stands now. */
export function eventNotification(rules: EventRules, object: ObjectDescription, situation: Situation): Uint8Array {
  const told: EventDescription = object.notifies ?? {
    'class-id': object['class-id'],
    'logical-name': object['logical-name'],
    attribute: 1,
  }
  const of = findObject(situation.description.objects, told['logical-name'])
  const value = rules.notification({
    time: dateTime(situation, situation.now),
    'cosem-attribute-descriptor': {
      'class-id': told['class-id'],
      'instance-id': told['logical-name'],
      'attribute-id': told.attribute,
    },
    'attribute-value': (of && attributeOf(of, told.attribute, situation)) ?? nothing,
  })
  return encode(xdlms, { is: 'event-notification-request', value })
}
