import type { Resource } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import type { YamlEntry, YamlMap, YamlNode } from '../../../yaml/node.js';
import { field, list, meshConfig, text as textOf } from '../mesh-config.js';
import { keyRange } from '../places.js';

/** A field whose meaning moved to another one beside it. */
interface Moved {
  readonly kind: string;
  readonly parents: readonly string[];
  readonly key: string;
  readonly to: string;
  /** The new value, in flow style, from the old one; undefined where it has no counterpart. */
  readonly value: (old: YamlNode) => string | undefined;
  /** What istioctl reports; it does so only where the field has an effect. */
  readonly peers: readonly string[];
}

const POLICIES = ['spec.trafficPolicy', 'spec.subsets.*.trafficPolicy'].flatMap((it) => [it, `${it}.portLevelSettings.*`]);

const MOVED: readonly Moved[] = [
  {
    kind: 'VirtualService',
    parents: ['spec.http.*.fault.delay'],
    key: 'percent',
    to: 'percentage',
    value: (old) => (old.number() === undefined ? undefined : `{ value: ${old.number()} }`),
    peers: ['IST0002'],
  },
  {
    kind: 'VirtualService',
    parents: ['spec.http.*.corsPolicy'],
    key: 'allowOrigin',
    to: 'allowOrigins',
    value: (old) => {
      const origins = old.list('*').map((it) => it.text());
      // "*" was any origin; an exact "*" is none.
      const matches = origins.map((it) => (it === '*' ? "{ regex: '.*' }" : `{ exact: ${JSON.stringify(it)} }`));
      return origins.includes(undefined) ? undefined : `[${matches.join(', ')}]`;
    },
    peers: [],
  },
  {
    kind: 'DestinationRule',
    parents: POLICIES.map((it) => `${it}.loadBalancer`),
    key: 'warmupDurationSecs',
    to: 'warmup',
    value: (old) => (old.text() === undefined ? undefined : `{ duration: ${old.text()} }`),
    peers: [],
  },
  {
    kind: 'VirtualService',
    parents: ['spec.http.*'],
    key: 'mirrorPercent',
    to: 'mirrorPercentage',
    value: (old) => (old.number() === undefined ? undefined : `{ value: ${old.number()} }`),
    peers: ['IST0133'],
  },
  {
    kind: 'DestinationRule',
    parents: POLICIES.map((it) => `${it}.outlierDetection`),
    key: 'consecutiveErrors',
    to: 'consecutive5xxErrors',
    value: () => undefined,
    peers: ['IST0133'],
  },
  {
    kind: 'DestinationRule',
    parents: POLICIES.map((it) => `${it}.loadBalancer.consistentHash`),
    key: 'minimumRingSize',
    to: 'ringHash',
    value: (old) => (old.number() === undefined ? undefined : `{ minimumRingSize: ${old.number()} }`),
    peers: ['IST0133'],
  },
];

export const deprecatedField = defineRule({
  id: 'istio/deprecated-field',
  title: 'Field or provider that Istio gave up',
  severity: 'warning',
  category: 'style',
  peers: ['IST0002'],
  effect: 'It does nothing, or stops working with an update.',
  why: 'Istio keeps old fields in its CRDs for a while after their meaning has moved elsewhere or is gone.',
  remedy: 'Write the field that took its place.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - fault:
      delay: { fixedDelay: 5s, percent: 10 }
    route:
    - destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - fault:
      delay: { fixedDelay: 5s, percentage: { value: 10 } }
    route:
    - destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  mentionsIn: {
    VirtualService: keysMovedIn('VirtualService'),
    DestinationRule: keysMovedIn('DestinationRule'),
    Sidecar: ['egressProxy'],
    Telemetry: ['tracing'],
  },
  kinds: ['VirtualService', 'DestinationRule', 'Sidecar', 'Telemetry'],
  reads: { meshConfig },

  *check({ resource, read }) {
    const { root } = resource;
    for (const { moved, entry } of movedIn(resource)) {
      if (entry.value.number() === 0) continue;
      yield {
        at: entry.keyRange,
        ...(moved.peers.length === 0 && { severity: 'hint' as const }),
        peers: moved.peers,
        message: `"${moved.key}" gave way to "${moved.to}".`,
        effect: moved.peers.length === 0 ? '' : 'It stops working with an update.',
        tags: ['deprecated'],
      };
    }
    const proxy = keyRange(root, 'spec.outboundTrafficPolicy.egressProxy');
    if (resource.kind === 'Sidecar' && proxy && root.has('spec.outboundTrafficPolicy.egressProxy'))
      yield {
        at: proxy,
        message: 'Istio ignores "egressProxy".',
        effect: 'Traffic to unknown hosts goes there directly.',
        tags: ['deprecated'],
      };

    if (resource.kind !== 'Telemetry') return;
    const lightstep = list(field(read.meshConfig().raw, 'extensionProviders'))
      .filter((it) => field(it, 'lightstep') !== undefined)
      .map((it) => textOf(field(it, 'name')));
    for (const node of root.list('spec.tracing.*.providers.*.name')) {
      const name = node.text();
      if (name === undefined || !lightstep.includes(name)) continue;
      yield {
        at: node,
        message: `Provider "${name}" is of type lightstep, which gave way to opentelemetry.`,
        effect: 'It stops working with an update.',
      };
    }
  },

  fix({ resource, problem, text }) {
    const policy = resource.root.map('spec.outboundTrafficPolicy');
    if (policy?.entry('egressProxy')?.keyRange.start === problem.at.start) {
      const removal = removeEntry(text, policy, 'egressProxy');
      return removal === undefined ? [] : [{ title: 'Remove "egressProxy"', edits: [removal] }];
    }
    const found = movedIn(resource).find((it) => it.entry.keyRange.start === problem.at.start);
    if (found === undefined) return [];
    const { moved, parent, entry } = found;
    if (parent.has(moved.to)) {
      const removal = removeEntry(text, parent, moved.key);
      return removal === undefined ? [] : [{ title: `Remove "${moved.key}", as "${moved.to}" is set`, edits: [removal] }];
    }
    const value = moved.value(entry.value);
    const { keyRange: key } = entry;
    if (value === undefined) return [];
    return [
      {
        title: `Write it as "${moved.to}"`,
        preferred: true,
        edits: [{ range: { start: key.start, end: entry.value.end }, text: `${moved.to}: ${value}` }],
      },
    ];
  },
});

function keysMovedIn(kind: Moved['kind']): readonly string[] {
  return MOVED.filter((it) => it.kind === kind).map((it) => it.key);
}

function movedIn({ kind, root }: Resource): readonly { readonly moved: Moved; readonly parent: YamlMap; readonly entry: YamlEntry }[] {
  return MOVED.filter((it) => it.kind === kind).flatMap((moved) =>
    moved.parents
      .flatMap((path) => root.list(path))
      .flatMap((parent) => {
        const entry = parent.type === 'map' && parent.has(moved.key) ? parent.entry(moved.key) : undefined;
        return parent.type === 'map' && entry ? [{ moved, parent, entry }] : [];
      }),
  );
}
