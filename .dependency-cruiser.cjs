// Imports point one way (DESIGN: the house). In a room you know what you may touch.
const room = (name) => `^src/${name}/`
const only = (name, allowed, comment) => ({
  name: `${name}-knows-only-the-rooms-below`,
  comment,
  severity: 'error',
  from: { path: room(name), pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: [room(name), ...allowed] },
})
const VALUE = '^src/codec/value\\.ts$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'types may name each other',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.test\\.ts$', '^src/(cli|index)\\.ts$'] },
      to: {},
    },
    { name: 'no-tests-in-code', severity: 'error', from: { pathNot: '\\.test\\.ts$' }, to: { path: '\\.test\\.ts$' } },
    only('codec', [], 'codec knows nobody'),
    only('protocol', [room('codec')], 'protocol machines: octets and time in, octets and time out'),
    only('cosem', [room('codec'), room('protocol')]),
    only('world', [VALUE, '^src/protocol/line\\.ts$']),
    only('transport', [VALUE, room('world'), '^src/protocol/line\\.ts$', '^src/protocol/sign-on/parity\\.ts$']),
    only('client', [room('codec'), room('protocol'), room('cosem'), room('world'), room('transport')]),
    only('simulator', [room('codec'), room('protocol'), room('cosem'), '^src/world/random\\.ts$']),
    only('language', [VALUE], 'the language knows no protocol'),
    only('engine', [VALUE, room('language')], 'the engine names no PDU'),
    only('vocabulary', [
      room('codec'),
      room('protocol'),
      room('cosem'),
      room('world'),
      room('transport'),
      room('client'),
      room('language'),
      room('engine'),
    ]),
    only('declare', [
      room('codec'),
      room('protocol'),
      room('cosem'),
      room('world'),
      room('transport'),
      room('client'),
      '^src/engine/declaration\\.generated\\.ts$',
    ]),
    only(
      'report',
      [room('codec'), room('cosem'), '^src/protocol/explain\\.ts$', '^src/engine/events\\.ts$'],
      'readers of the stream',
    ),
    only('prove', [
      room('codec'),
      '^src/protocol/line\\.ts$',
      room('language'),
      room('engine'),
      room('simulator'),
      room('vocabulary'),
      room('report'),
      room('world'),
      room('transport'),
    ]),
    {
      name: 'protocol-reads-no-clock-and-no-line',
      severity: 'error',
      comment: 'files of the project itself are read where they are loaded: schemas, suites, and what tests need',
      from: {
        path: ['^src/(codec|protocol|simulator|engine|language)/'],
        pathNot: [
          '\\.test\\.ts$',
          '^src/protocol/vectors/',
          '^src/simulator/(read|dialogue)\\.ts$',
          '^src/language/(suites|schema)\\.ts$',
        ],
      },
      to: { path: '^(node:)?(fs|net|dgram|child_process|timers|os|process)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
}
