import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import type { YamlMap } from '../../../yaml/node.js';
import type { Range } from '../../../text/range.js';
import { field, meshConfig, text } from '../mesh-config.js';
import { telemetries } from '../tables.js';

/** What makes requests do something that only a log or a trace shows. */
const HIDDEN: readonly (readonly [key: string, what: string])[] = [
  ['fault', 'fails requests on purpose'],
  ['mirror', 'sends requests twice'],
  ['mirrors', 'sends requests twice'],
  ['retries', 'repeats requests'],
];

export const faultsWithoutTelemetry = defineRule({
  id: 'istio/faults-without-telemetry',
  title: 'Faults, mirrors or retries where nothing is traced or logged',
  severity: 'info',
  category: 'pitfall',
  effect: 'Nobody sees which requests it was.',
  why: 'Requests that a proxy fails, copies or repeats look like any others to the application. An access log or a trace tells them apart; without either, an injected fault is searched for as if it were a real one, and retries hide that a service is failing.',
  remedy: 'Create a Telemetry with accessLogging or tracing for the namespace, or set accessLogFile in the mesh config.',
  example: { bad: example('enableAutoMtls: true'), good: example('accessLogFile: /dev/stdout') },

  mentions: HIDDEN.map(([key]) => key),
  kinds: ['VirtualService'],
  reads: { meshConfig, telemetries },

  *check({ resource, read }) {
    if (resource.partial || resource.namespace === undefined) return;
    const config = read.meshConfig();
    // Most installs log or trace: only a mesh config at hand shows that this one does not.
    if (config.source === undefined || observes(config.raw)) return;
    const at = firstHidden(resource.root.list('spec.http.*').flatMap((it) => (it.type === 'map' ? [it] : [])));
    if (!at) return;
    const places = [namespaceKey(resource.namespace), config.rootNamespace];
    if (places.some((it) => read.telemetries(it).length > 0)) return;
    yield {
      at: at.range,
      certainty: 'owned',
      message: `This ${at.what}, and neither the mesh config nor a Telemetry in this workspace turns on tracing or access logs.`,
    };
  },

  fix({ resource }) {
    const { namespace } = resource;
    if (namespace === undefined) return [];
    return [
      {
        title: `Create Telemetry "${namespace}/access-log"`,
        edits: [
          {
            appendDocument: `apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata:
  name: access-log
  namespace: ${namespace}
spec:
  accessLogging:
  - providers:
    - name: envoy
`,
          },
        ],
      },
    ];
  },
});

function firstHidden(routes: readonly YamlMap[]): { readonly range: Range; readonly what: string } | undefined {
  for (const [key, what] of HIDDEN) {
    for (const route of routes) {
      const entry = route.entry(key);
      if (entry && !(key === 'retries' && (entry.value.number('attempts') ?? 0) < 1)) return { range: entry.keyRange, what };
    }
  }
  return undefined;
}

function observes(raw: Parameters<typeof field>[0]): boolean {
  const providers = field(raw, 'defaultProviders');
  return (
    (text(field(raw, 'accessLogFile')) ?? '') !== '' ||
    field(raw, 'enableTracing') === true ||
    field(raw, 'enableEnvoyAccessLogService') === true ||
    field(field(raw, 'defaultConfig'), 'tracing') !== undefined ||
    ['accessLogging', 'tracing'].some((it) => field(providers, it) !== undefined)
  );
}

function example(config: string): string {
  return `
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    ${config}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - fault: { abort: { httpStatus: 503, percentage: { value: 5 } } }
    route:
    - destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`;
}
