// What goes wrong in EVENT-NOTIFICATION.
import type { EventRules } from '../../services/event-notification.ts'
import type { Decisions } from '../../decisions.ts'
import { changeServices, type Defect } from '../defect.ts'

type Notification = Parameters<EventRules['notification']>[0]

const notifies = (d: Decisions, change: (notification: Notification) => Notification): Decisions =>
  changeServices(d, ({ events }) => ({
    events: { ...events, notification: (value) => change(events.notification(value)) },
  }))

const DATE_OCTETS = 5

export const notificationDefects: readonly Defect[] = [
  {
    id: 'event.another-attribute',
    breaks: ['xdlms.event-notification'],
    needs: 'any',
    says: 'An event names the attribute behind the one that it is of.',
    apply: (d) =>
      notifies(d, ({ 'cosem-attribute-descriptor': attribute, ...others }) => ({
        ...others,
        'cosem-attribute-descriptor': { ...attribute, 'attribute-id': attribute['attribute-id'] + 1 },
      })),
  },
  {
    id: 'event.without-value',
    breaks: ['xdlms.event-notification'],
    needs: 'any',
    says: 'An event tells null-data in the place of the value.',
    apply: (d) => notifies(d, (notification) => ({ ...notification, 'attribute-value': { is: 'null-data' } })),
  },
  {
    id: 'event.date-only',
    breaks: ['xdlms.event-notification'],
    needs: 'any',
    says: 'The time of an event is a date of five octets.',
    apply: (d) =>
      notifies(d, ({ time = new Uint8Array(0), ...others }) => ({ ...others, time: time.subarray(0, DATE_OCTETS) })),
  },
]
