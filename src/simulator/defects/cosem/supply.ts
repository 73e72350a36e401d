// Disconnect controls that go where their mode does not lead, or tell something else than what they are (IEC 62056-6-2, Disconnect control).
import { changeModel, type Defect } from '../defect.ts'

const REMOTE_DISCONNECT = 1
const REMOTE_RECONNECT = 2
const DISCONNECTED = 0
const CONNECTED = 1

export const supplyDefects: readonly Defect[] = [
  {
    id: 'disconnect.always-at-once',
    breaks: ['cosem.disconnect.mode'],
    needs: 'any',
    says: 'In each control_mode remote_reconnect connects, without anybody at the meter.',
    apply: (d) =>
      changeModel(d, () => ({
        disconnects: (_state, method) => (method === REMOTE_DISCONNECT ? DISCONNECTED : CONNECTED),
      })),
  },
  {
    id: 'disconnect.output-follows-the-command',
    breaks: ['cosem.disconnect.state'],
    needs: 'any',
    says: 'What output_state tells is the last command, not what the output is.',
    apply: (d) => changeModel(d, () => ({ isConnected: (_state, method) => method === REMOTE_RECONNECT })),
  },
]
