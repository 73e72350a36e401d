import { Command } from 'commander'
import { defects, findDefect, outages } from '../simulator/defects/index.ts'
import { x509For } from '../simulator/certificates.ts'
import { createMeter } from '../simulator/meter.ts'
import { hostCaller } from '../transport/host/calls.ts'
import { host, type Hosted } from '../transport/host/host.ts'
import { createRealWorld } from '../world/real.ts'
import { readDeclaration, readDescription } from './meter.ts'
import { assignment } from './ports.ts'
import { many } from './run.ts'
import { servedAt } from './served.ts'
import { plainTable } from './table.ts'
import { usage } from './usage.ts'

interface SimulateOptions {
  readonly meter?: string
  readonly listen: readonly string[]
  readonly defect: readonly string[]
  readonly listDefects?: true
}

export const simulateCommand = (exit: (code: number) => void): Command =>
  new Command('simulate')
    .description('the simulated meter, for other people’s clients')
    .option('--meter <file>', 'declaration that names it')
    .option(
      '--listen <port=url>',
      'serve this port at tcp://HOST:PORT, udp://HOST:PORT (0: any free one) or serial:PATH (may repeat)',
      many,
      [],
    )
    .option('--defect <id>', 'with this defect (may repeat)', many, [])
    .option('--list-defects', 'what defects there are, and which clauses each breaks')
    .action(async (options: SimulateOptions) => {
      if (options.listDefects) {
        process.stdout.write(
          plainTable([...defects, ...outages].map((defect) => [defect.id, defect.breaks.join(' '), defect.says])),
        )
        return exit(0)
      }
      exit(await simulate(options))
    })

async function simulate({ meter: file, listen, defect }: SimulateOptions): Promise<number> {
  if (file === undefined)
    return usage('no meter is named', 'Add --meter FILE, for example --meter meters/reference.json.')
  if (listen.length === 0)
    return usage('nothing to listen at', 'Add --listen PORT=URL, for example --listen hdlc=tcp://127.0.0.1:0.')
  for (const id of defect)
    if (findDefect(id) === undefined) return usage(`there is no defect ${id}`, 'simulate --list-defects shows them.')
  const declaration = readDeclaration(file)
  const world = createRealWorld()
  const description = readDescription(declaration)
  const urls = new Map(listen.map((text) => assignment(text, Object.keys(description.ports))))
  const meter = createMeter(servedAt(description, urls), {
    defects: defect,
    now: world.now(),
    x509: await x509For(description),
    onTrigger: () => world.wake(),
  })
  const hosted: Hosted[] = []
  const calls = hostCaller(meter.caller, world)
  for (const [name, url] of urls) {
    const served = await host(url, meter.party(name), world)
    if (!served.ok) return usage(`${served.failure.where}: ${served.failure.detail}`, served.failure.hint)
    hosted.push(served.value)
    process.stdout.write(`listening ${name} ${served.value.url}\n`)
  }
  const ended = Promise.all(hosted.map((one) => one.ended))
  const faults = await Promise.race([ended, signalled(), calls.ended.then(() => [])])
  await calls.close()
  await Promise.all(hosted.map((one) => one.close()))
  for (const fault of faults) if (fault) process.stderr.write(`${fault.where}: ${fault.detail}\n  ${fault.hint}\n`)
  return faults.some((fault) => fault !== undefined) ? 4 : 0
}

const signalled = (): Promise<readonly undefined[]> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve([]))
  })
