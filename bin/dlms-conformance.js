#!/usr/bin/env node
// The installed command: TypeScript is run as it stands.
import { register } from 'tsx/esm/api'

register()
await import('../src/cli.ts')
