import { describe, expect, test } from 'vitest';
import { accept, complete } from '../../../test/support/editor.js';

/** A resource whose spec is written, with the cursor at `$0`. */
const kinds = {
  VirtualService: 'networking.istio.io/v1',
  DestinationRule: 'networking.istio.io/v1',
  Gateway: 'gateway.networking.k8s.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  CiliumNetworkPolicy: 'cilium.io/v2',
  Server: 'policy.linkerd.io/v1beta3',
} as const;
type KindName = keyof typeof kinds;

function written(kind: KindName, spec: string): string {
  return `apiVersion: ${kinds[kind]}\nkind: ${kind}\nmetadata: { name: a, namespace: shop }\nspec:${/^\s/.test(spec) ? spec : ` ${spec}`}`;
}

/** Labels in the order shown: exactly these, or with `…` at the end at least these first. */
type Row = readonly [where: string, kind: KindName, spec: string, expected: string];

const OFFERED: readonly Row[] = [
  // Istio
  ['a oneof group', 'VirtualService', '\n  http:\n  - match:\n    - uri:\n        $0', 'exact prefix regex'],
  ['a oneof group with one set', 'VirtualService', '\n  http:\n  - match:\n    - uri:\n        exact: /a\n        $0', ''],
  ['a oneof group in braces', 'VirtualService', '\n  http:\n  - match:\n    - uri: { $0 }', 'exact prefix regex'],
  ['braces that nobody closed', 'VirtualService', '\n  http:\n  - route:\n    - destination: {host: a, $0', 'port subset'],
  [
    'between two keys',
    'VirtualService',
    '\n  http:\n  - route:\n    - destination:\n        host: a\n      $0\n    timeout: 3s',
    'headers weight',
  ],
  [
    'an enum without its blank',
    'DestinationRule',
    '\n  host: a\n  trafficPolicy:\n    tls:\n      mode:$0',
    'DISABLE SIMPLE MUTUAL ISTIO_MUTUAL',
  ],
  [
    'an enum in quotes in braces',
    'DestinationRule',
    '\n  host: a\n  trafficPolicy: { tls: { mode: "$0" } }',
    'DISABLE SIMPLE MUTUAL ISTIO_MUTUAL',
  ],
  [
    'an enum before a comment',
    'DestinationRule',
    '\n  host: a\n  trafficPolicy:\n    tls:\n      mode: $0 # how',
    'DISABLE SIMPLE MUTUAL ISTIO_MUTUAL',
  ],
  ['an item in brackets', 'DestinationRule', '\n  host: a\n  subsets: [$0]', 'name labels trafficPolicy'],
  ['a second key in brackets', 'DestinationRule', '\n  host: a\n  subsets: [{ name: x, $0 }]', 'labels trafficPolicy'],
  [
    'the column of a key whose list is empty, where another may follow',
    'DestinationRule',
    '\n  host: a\n  subsets:\n  $0',
    'exportTo trafficPolicy workloadSelector',
  ],
  ['a list below its key', 'DestinationRule', '\n  host: a\n  subsets:\n    $0', 'name labels trafficPolicy'],
  ['an item whose dash stands alone', 'DestinationRule', '\n  host: a\n  subsets:\n  -$0', 'name labels trafficPolicy'],
  ['below a finished item', 'DestinationRule', '\n  host: a\n  subsets:\n  - name: x\n    $0', 'labels trafficPolicy'],
  ['behind "spec:"', 'DestinationRule', '$0', 'host exportTo subsets trafficPolicy workloadSelector'],
  ['a value of free keys', 'VirtualService', '\n  http:\n  - headers:\n      request:\n        set:\n          $0', ''],
  // Gateway API
  ['a required key first', 'HTTPRoute', '\n  rules:\n  - filters:\n    - $0', 'type cors extensionRef…'],
  [
    'what the type asks for, and no other',
    'HTTPRoute',
    '\n  rules:\n  - filters:\n    - type: RequestRedirect\n      $0',
    'requestRedirect',
  ],
  ['values of a type', 'HTTPRoute', '\n  rules:\n  - filters:\n    - type: Req$0', 'RequestHeaderModifier ResponseHeaderModifier…'],
  ['a half-typed key behind a dash', 'HTTPRoute', '\n  rules:\n  - matc$0', 'backendRefs filters matches…'],
  [
    'a half-typed key below a deeper list',
    'HTTPRoute',
    '\n  rules:\n    - backendRefs:\n        - name: x\n      filt$0',
    'filters matches name…',
  ],
  [
    'a half-typed key that has its colon',
    'HTTPRoute',
    '\n  rules:\n    - backendRefs:\n        - name: x\n      filt$0:\n',
    'filters matches name…',
  ],
  ['required keys first', 'Gateway', '\n  $0', 'gatewayClassName listeners addresses…'],
  ['the default first', 'Gateway', '\n  listeners:\n  - name: a\n    tls:\n      mode: $0', 'Terminate Passthrough'],
  ['explained values of a text', 'Gateway', '\n  listeners: [{ name: a, protocol: $0, port: 80 }]', 'HTTP HTTPS TLS TCP UDP'],
  [
    'a key within several lines of braces',
    'Gateway',
    '\n  listeners: [\n    { name: a,\n      $0\n    }\n  ]',
    'port protocol allowedRoutes…',
  ],
  // Cilium and Linkerd
  ['four lists deep', 'CiliumNetworkPolicy', '\n  ingress:\n  - toPorts:\n    - ports:\n      - $0', 'port endPort protocol'],
  [
    'an enum four lists deep',
    'CiliumNetworkPolicy',
    '\n  ingress:\n  - toPorts:\n    - ports:\n      - port: "80"\n        protocol: $0',
    'TCP UDP SCTP…',
  ],
  [
    'back up to the list outside',
    'CiliumNetworkPolicy',
    '\n  ingress:\n  - toPorts:\n    - ports:\n      - port: "80"\n    $0',
    'authentication fromCIDR fromCIDRSet…',
  ],
  ['a required key of Linkerd', 'Server', '\n  $0', 'port accessPolicy podSelector…'],
];

describe('offers', () => {
  test.each(OFFERED)('%s: %s', (_where, kind, spec, expected) => {
    const isOpen = expected.endsWith('…');
    const wanted = expected.replace('…', '').split(' ').filter(Boolean);
    const labels = complete(written(kind, spec)).map((it) => it.label);
    expect(isOpen ? labels.slice(0, wanted.length) : labels).toEqual(wanted);
    if (isOpen) expect(labels.length).toBeGreaterThan(wanted.length);
  });

  test('the same in a later document, below one that is broken, and with CRLF', () => {
    const text = written('Gateway', '\n  $0');
    const first = (yaml: string, crlf = false): string | undefined => complete(yaml, { crlf })[0]?.label;
    expect(first(`kind: Service\nmetadata: { name: a }\n---\n${text}`)).toBe('gatewayClassName');
    expect(first(`kind: [broken\n---\n${text}\n---\nkind: Service\n`)).toBe('gatewayClassName');
    expect(first(`# only a comment\n---\n${text}`, true)).toBe('gatewayClassName');
  });

  test('of metadata what people write, its name first', () => {
    const text = 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  $0\nspec: {}\n';
    expect(complete(text).map((it) => it.label)).toEqual([
      'name',
      'namespace',
      'annotations',
      'finalizers',
      'generateName',
      'labels',
      'ownerReferences',
    ]);
  });
});

const TAKEN: readonly (readonly [where: string, kind: KindName, spec: string, label: string, expected: string])[] = [
  ['a map gets its line', 'HTTPRoute', '\n  rules:\n  - time$0', 'timeouts', '\n  rules:\n  - timeouts:\n      $'],
  [
    'required children come with it',
    'Gateway',
    '\n  lis$0',
    'listeners',
    '\n  listeners:\n    - name: $\n      port: $\n      protocol: $',
  ],
  [
    'a list as its neighbors are indented',
    'Gateway',
    '\n  addresses:\n  - value: a\n  lis$0',
    'listeners',
    '\n  addresses:\n  - value: a\n  listeners:\n  - name: $\n    port: $\n    protocol: $',
  ],
  ['a dash below a key', 'DestinationRule', '\n  host: a\n  subsets:\n    $0', 'name', '\n  host: a\n  subsets:\n    - name: '],
  ['a blank behind a dash', 'DestinationRule', '\n  host: a\n  subsets:\n  -$0', 'name', '\n  host: a\n  subsets:\n  - name: '],
  ['braces within brackets', 'DestinationRule', '\n  host: a\n  subsets: [$0]', 'name', '\n  host: a\n  subsets: [{ name: $ }]'],
  ['a line of its own behind a colon', 'DestinationRule', '$0', 'host', ' \n  host: '],
  [
    'a list behind a colon',
    'VirtualService',
    '\n  http:$0',
    'route',
    '\n  http:\n    - route:\n        - destination:\n            host: $',
  ],
  [
    'a blank behind a colon',
    'DestinationRule',
    '\n  host: a\n  trafficPolicy:\n    tls:\n      mode:$0',
    'MUTUAL',
    '\n  host: a\n  trafficPolicy:\n    tls:\n      mode: MUTUAL',
  ],
  [
    'quotes that stand already',
    'DestinationRule',
    '\n  host: a\n  trafficPolicy: { tls: { mode: "$0" } }',
    'MUTUAL',
    '\n  host: a\n  trafficPolicy: { tls: { mode: "MUTUAL" } }',
  ],
  ['no colon twice', 'HTTPRoute', '\n  rules:\n  - filt$0: []', 'filters', '\n  rules:\n  - filters: []'],
  [
    'a key in braces',
    'DestinationRule',
    '\n  host: a\n  subsets: [{ name: x, lab$0 }]',
    'labels',
    '\n  host: a\n  subsets: [{ name: x, labels:  }]',
  ],
];

describe('writes', () => {
  test.each(TAKEN)('%s', (_where, kind, spec, label, expected) => {
    expect(accept(written(kind, spec), label)).toBe(`${written(kind, expected)}\n`);
  });

  test('documentation with values of enums and with keys', () => {
    const [first] = complete(written('Gateway', '\n  listeners:\n  - name: a\n    tls:\n      mode: $0'));
    expect(first?.detail).toMatch(/^default · /);
    expect(first?.docs).toMatchObject({ kind: 'Gateway', value: 'Terminate' });
    expect(complete(written('Gateway', '\n  $0')).every((it) => it.docs !== undefined)).toBe(true);
  });
});

describe('in a patch of Kustomize', () => {
  const KUSTOMIZATION = `
# file: kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [route.yaml]
patches: [{ path: overlay.yaml }]
# file: route.yaml
`;
  const patch = (kind: KindName, spec: string): string =>
    `# file: overlay.yaml\n${written(kind, spec)}${KUSTOMIZATION}${written(kind, '{}')}`;

  test('keys and values come as anywhere, but nothing is first for being required', () => {
    expect(complete(patch('Gateway', '\n  $0')).map((it) => it.label)).toEqual([
      'addresses',
      'allowedListeners',
      'gatewayClassName',
      'infrastructure',
      'listeners',
      'tls',
    ]);
    expect(complete(patch('Gateway', '\n  listeners:\n  - name: a\n    tls: { mode: $0 }')).map((it) => it.label)).toEqual([
      'Terminate',
      'Passthrough',
    ]);
  });

  test('a list comes with what tells its items apart, and no more', () => {
    expect(accept(patch('Gateway', '\n  lis$0'), 'listeners')).toContain('spec:\n  listeners:\n    - name: $\n');
    expect(accept(patch('VirtualService', '\n  htt$0'), 'http')).toContain('spec:\n  http:\n    - $\n');
  });
});

describe('behind a key and before a comment', () => {
  test('a list begins on the line below, as lists of the file are indented', () => {
    expect(accept(written('VirtualService', '\n  gateways: $0'), 'mesh')).toContain(
      'gateways:\n    - mesh'.replace('gateways:', 'gateways: '),
    );
    expect(accept(written('VirtualService', '\n  hosts:\n  - a\n  gateways: $0'), 'mesh')).toContain('\n  - mesh');
    expect(accept(written('VirtualService', ' { gateways: $0 }'), 'mesh')).toContain('{ gateways: [mesh] }');
  });

  test('a key is offered before a comment on its line', () => {
    expect(complete(written('VirtualService', '\n  $0 # later')).map((it) => it.label)).toContain('hosts');
    expect(complete(written('VirtualService', '\n  # la$0ter'))).toEqual([]);
  });
});

test('values that are explained are offered for texts and for items of lists', () => {
  const rule = (text: string): readonly string[] =>
    complete(`apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: a }\nspec:\n  rules:\n  - ${text}`).map(
      (it) => it.label,
    );
  expect(rule('to:\n    - operation: { methods: [GET, $0] }')).toEqual(['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
  expect(rule('when:\n    - key: $0')).toContain('source.namespace');
});

test('kinds that a CRD of the workspace adds are offered with their versions', () => {
  const crd = `
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: { name: things.example.com }
    spec:
      group: example.com
      names:
        kind: Thing
      scope: Namespaced
      versions:
      - { name: v1, served: true, schema: { openAPIV3Schema: { type: object } } }
      - { name: v1alpha1, served: false, schema: { openAPIV3Schema: { type: object } } }
    `;
  const labels = (text: string): readonly string[] =>
    complete(`${crd}# file: thing.yaml\n    ${text}`, { checksSchemas: true }).map((it) => it.label);
  expect(labels('apiVersion: example.com/v1\n    kind: $0')).toEqual(['Thing']);
  expect(labels('kind: Thing\n    apiVersion: $0')).toEqual(['example.com/v1']);
});
