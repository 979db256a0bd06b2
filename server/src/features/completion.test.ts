import { describe, expect, test } from 'vitest';
import { accept, complete, edit, labels } from '../../../test/support/editor.js';
import { completionList } from './completion.js';

/** The world around: what the workspace holds beside the document that is written. */
const WORLD = `
    # file: world.yaml
    kind: Service
    metadata: { name: reviews, namespace: shop }
    spec:
      selector: { app: reviews }
      ports:
      - { name: tcp-admin, port: 9000 }
      - { name: http, port: 8080, targetPort: 80 }
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
    spec: { ports: [{ name: grpc, port: 9090 }] }
    ---
    kind: DestinationRule
    metadata: { name: reviews, namespace: shop }
    spec:
      host: reviews
      subsets:
      - { name: v0, labels: { version: v0 } }
      - name: v1
        labels: { version: v1 }
    ---
    kind: Deployment
    metadata: { name: reviews-v1, namespace: shop }
    spec:
      template:
        metadata: { labels: { app: reviews, version: v1 } }
        spec: { serviceAccountName: reviews, containers: [{ name: reviews, image: reviews }] }
    ---
    kind: Deployment
    metadata: { name: reviews-v2, namespace: shop }
    spec:
      template:
        metadata: { labels: { app: reviews, version: v2 } }
        spec: { serviceAccountName: reviews, containers: [{ name: reviews, image: reviews }] }
    ---
    kind: Deployment
    metadata: { name: gateway, namespace: ingress }
    spec:
      template:
        metadata: { labels: { istio: ingress } }
        spec: { containers: [{ name: proxy, image: auto }] }
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec:
      selector: { istio: ingress }
      servers:
      - { port: { number: 443, name: https, protocol: HTTPS }, hosts: ['*.example.com'] }
    ---
    apiVersion: v1
    kind: Secret
    metadata: { name: tls, namespace: ingress }
    ---
    apiVersion: v1
    kind: Secret
    metadata: { name: other, namespace: shop }
    ---
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { hosts: [api.example.com], ports: [{ number: 443, name: tls, protocol: TLS }] }
`;

const inRoute = (lines: string): string => `
    kind: VirtualService
    metadata: { name: route, namespace: shop }
    spec:
      hosts: [shop.example.com]
      http:
      - route:
        - destination:
${lines
  .split('\n')
  .map((line) => `        ${line}`)
  .join('\n')}
${WORLD}`;

describe('where a value can stand', () => {
  test.each([
    ['behind the colon and a blank', '    host: $0'],
    ['in a word', '    host: rev$0iews'],
    ['in double quotes', '    host: "rev$0"'],
    ['in single quotes', "    host: 'rev$0"],
    ['before a comment', '    host: $0 # the one'],
    ['in a flow map', '    { host: $0 }'],
    ['in a flow map, with neighbors', '    { subset: v1, host: rev$0, port: { number: 8080 } }'],
  ])('%s', (_, line) => {
    const text = line.startsWith('    {') ? inRoute(line).replace('- destination:\n            {', '- destination: {') : inRoute(line);
    expect(labels(text)).toEqual(['reviews', 'payment.payments.svc.cluster.local', 'api.example.com']);
  });

  test.each(['kind: VirtualService', 'metadata: { name: a }'])('in an item of a list that is named after its kind, with %s', (line) => {
    const text = `
    apiVersion: networking.istio.io/v1
    kind: VirtualServiceList
    items:
    - ${line}
      spec:
        http: [{ route: [{ destination: { host: $0 } }] }]
${WORLD}`.replace('kind: VirtualService\n', 'apiVersion: networking.istio.io/v1\n      kind: VirtualService\n');
    expect(labels(text)).toContain('payment.payments.svc.cluster.local');
  });

  test('behind the colon, with the blank that is missing', () => {
    expect(accept(inRoute('    host:$0'), 'reviews')).toContain('host: reviews');
  });

  test('the whole word is replaced, and no more', () => {
    expect(accept(inRoute('    host: rev$0xx # the one'), 'reviews')).toContain('host: reviews # the one');
    expect(accept(inRoute('    host: "re$0" # the one'), 'reviews')).toContain('host: "reviews" # the one');
  });

  test.each([
    ['behind a dash and a blank', '- $0', '- ingress/public'],
    ['behind a dash', '-$0', '- ingress/public'],
    ['in a word behind a dash', '- ing$0ress', '- ingress/public'],
    ['on an empty line below the key, with its dash', '$0', '- ingress/public'],
  ])('in a list: %s', (_, line, expected) => {
    const text = `
    kind: VirtualService
    metadata: { name: route, namespace: shop }
    spec:
      gateways:
      ${line}
      hosts: [shop.example.com]
${WORLD}`.replace('gateways:\n      $0', 'gateways:\n        $0');
    expect(labels(text)).toEqual(['ingress/public', 'mesh']);
    expect(accept(text, 'ingress/public')).toContain(expected);
  });

  test('in a flow list', () => {
    const text = (line: string): string => `
    kind: VirtualService
    metadata: { name: route, namespace: shop }
    spec:
      gateways: ${line}
      hosts: [shop.example.com]
${WORLD}`;
    expect(labels(text('[$0]'))).toEqual(['ingress/public', 'mesh']);
    expect(labels(text('[mesh, $0]'))).toEqual(['ingress/public']);
    expect(accept(text('[mesh, ing$0]'), 'ingress/public')).toContain('[mesh, ingress/public]');
  });

  test('in a document below a broken one', () => {
    const text = inRoute('    host: $0').replace('\n    kind: VirtualService', '\n    kind: [ "\n    ---\n    kind: VirtualService');
    expect(labels(text)).toContain('reviews');
  });

  test('in a document that is broken elsewhere', () => {
    const text = inRoute('    host: $0').replace('hosts: [shop.example.com]', 'hosts: [shop.example.com');
    expect(labels(text)).toContain('reviews');
  });

  test('in a file with CRLF', () => {
    expect(labels(inRoute('    host: $0'), { crlf: true })).toContain('reviews');
    expect(labels(inRoute('    ho$0'), { crlf: true })).toContain('host');
  });

  test('beside a template action', () => {
    expect(labels(inRoute('    host: $0\n        subset: {{ .Values.subset }}'))).toContain('reviews');
    expect(labels(inRoute('    host: {{ .Val$0ues.host }}'))).toEqual([]);
  });

  test('never in a comment, a block of text, or YAML of others', () => {
    expect(labels(inRoute('    host: reviews # $0'))).toEqual([]);
    expect(labels(inRoute('    # host: $0'))).toEqual([]);
    expect(labels('kind: ConfigMap\nmetadata: { name: a }\ndata:\n  text: |\n    host: $0\n')).toEqual([]);
    expect(labels('services:\n  web:\n    image: $0\n')).toEqual([]);
  });
});

test('behind "meshwright-ignore" the rules that report something below come first', () => {
  expect(labels(inRoute('    # meshwright-ignore $0\n        host: nowhere'))[0]).toBe('istio/unknown-host');
  expect(accept(inRoute('    # meshwright-ignore istio/unk$0\n        host: nowhere'), 'istio/unknown-host')).toContain(
    '# meshwright-ignore istio/unknown-host\n',
  );
  expect(labels(inRoute('    # meshwright-ignore a: because $0\n        host: nowhere'))).toEqual([]);
});

test('of very many names the first are offered, and by typing on the others', () => {
  const many = Array.from(
    { length: 400 },
    (_, i) => `    kind: Service\n    metadata: { name: extra-${i}, namespace: shop }\n    ---`,
  ).join('\n');
  const ask = (line: string): ReturnType<typeof completionList> => {
    const { snapshot, uri, offset } = edit(inRoute(line).replace('# file: world.yaml\n', `# file: world.yaml\n${many}\n`));
    return completionList(snapshot, uri, offset);
  };
  expect(ask('    host: $0')).toMatchObject({ isComplete: false, proposals: { length: 100 } });
  expect(ask('    host: extra-39$0').proposals.map((it) => it.label)).toEqual(expect.arrayContaining(['extra-39', 'extra-399']));
  expect(ask('    host: reviews\n        subset: $0').isComplete).toBe(true);
});

describe('keys', () => {
  test.each([
    ['a word without colon', '    ho$0'],
    ['an empty line', '    $0'],
    ['a word above other keys', '    ho$0\n        subset: v1'],
  ])('at %s, without those that are set', (_, lines) => {
    const offered = labels(inRoute(lines));
    expect(offered[0]).toBe('host');
    expect(offered.includes('subset')).toBe(!lines.includes('subset'));
    expect(offered).toContain('port');
  });

  test('a scalar gets its colon, a map its next line, a list its dash', () => {
    const text = (line: string): string => `
    kind: VirtualService
    metadata: { name: route, namespace: shop }
    spec:
      hosts: [a]
      http:
      - ${line}
${WORLD}`;
    expect(accept(text('time$0'), 'timeout')).toContain('- timeout: \n');
    expect(accept(text('ret$0'), 'retries')).toContain('- retries:\n      $\n');
    expect(accept(text('rou$0'), 'route')).toContain('- route:\n    - destination:\n        host: $\n');
  });

  test('the column of an empty line chooses the parent', () => {
    const text = (indent: string): string => `
    kind: VirtualService
    metadata: { name: route, namespace: shop }
    spec:
      hosts: [a]
      http:
      - route:
        - destination:
            host: reviews
    ${indent}$0
${WORLD}`;
    expect(labels(text('        '))).toContain('subset');
    expect(labels(text('      '))).toContain('weight');
    expect(labels(text('    '))).toContain('retries');
    expect(labels(text('  '))).toContain('gateways');
    expect(labels(text(''))).not.toContain('gateways');
  });

  test('in a flow map, and where the colon stands already', () => {
    expect(accept(inRoute('    { ho$0 }').replace('- destination:\n            {', '- destination: {'), 'host')).toContain('{ host:  }');
    expect(accept(inRoute('    ho$0: reviews'), 'host')).toContain('host: reviews');
  });

  test('in JSON, with the quotes it needs and no second pair', () => {
    const json = (text: string): string => `
    # file: route.json
    {
      "apiVersion": "networking.istio.io/v1",
      "kind": "DestinationRule",
      "metadata": { "name": "a", "namespace": "shop" },
      "spec": ${text}
    }
${WORLD}`;
    expect(accept(json('{ $0 }'), 'host')).toContain('{ "host":  }');
    expect(accept(json('{ "ho$0" }'), 'host')).toContain('{ "host" }');
    expect(accept(json('{ "host": $0 }'), 'reviews')).toContain('"host": "reviews"');
    expect(accept(json('{ "host": "$0" }'), 'reviews')).toContain('"host": "reviews"');
  });

  test('what another key of its group bars is left out', () => {
    const text = `
    kind: VirtualService
    metadata: { name: route, namespace: shop }
    spec:
      hosts: [a]
      http:
      - match:
        - uri:
            exact: /a
            $0
${WORLD}`;
    expect(labels(text)).not.toContain('prefix');
  });

  test('a required key comes first', () => {
    const [first] = complete(`
    kind: DestinationRule
    metadata: { name: a, namespace: shop }
    spec:
      $0
`);
    expect(first?.label).toBe('host');
  });
});

describe('values', () => {
  test('of an enum, and of a boolean', () => {
    const text = (line: string): string => `
    kind: DestinationRule
    metadata: { name: a, namespace: shop }
    spec:
      host: reviews
      trafficPolicy:
        ${line}
`;
    expect(labels(text('tls: { mode: $0 }'))).toEqual(expect.arrayContaining(['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL']));
    expect(labels(text('tls: { insecureSkipVerify: $0 }'))).toEqual(['false', 'true']);
  });

  test('a host is written in full in a file that does so, and elsewhere', () => {
    const text = inRoute('    host: $0').replace('hosts: [shop.example.com]', 'hosts: [cart.shop.svc.cluster.local]');
    expect(labels(text).slice(0, 3)).toEqual(['reviews.shop.svc.cluster.local', 'reviews', 'payment.payments.svc.cluster.local']);
  });

  test('subsets with pods come before those without, new ones last', () => {
    const offered = complete(inRoute('    host: reviews\n        subset: $0'));
    expect(offered.map((it) => [it.label, it.detail])).toEqual([
      ['v1', 'version=v1, reviews-v1, 1 pod'],
      ['v0', 'version=v0, no pod'],
      ['v2', 'new, from reviews-v2'],
    ]);
    expect(offered[2]?.also).toHaveLength(1);
  });

  test('ports of the host, HTTP first on HTTP routes', () => {
    expect(complete(inRoute('    host: reviews\n        port: { number: $0 }')).map((it) => [it.label, it.detail])).toEqual([
      ['8080', 'http, to 80'],
      ['9000', 'tcp'],
    ]);
    expect(accept(inRoute('    host: reviews\n        port: { number: $0 }'), '8080')).toContain('number: 8080');
  });

  test('gateways that serve a host of the route come first', () => {
    const text = `
    kind: VirtualService
    metadata: { name: route, namespace: shop }
    spec:
      hosts: [else.where.org]
      gateways: [$0]
${WORLD}`;
    expect(labels(text)).toEqual(['mesh', 'ingress/public']);
  });

  test('principals of accounts, quoted like their neighbors', () => {
    const text = (line: string): string => `
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec:
      rules:
      - from:
        - source:
            principals: ${line}
${WORLD}`;
    expect(labels(text('[$0]'))).toEqual([
      'cluster.local/ns/shop/sa/reviews',
      'cluster.local/ns/ingress/sa/default',
      'cluster.local/ns/ingress/*',
      'cluster.local/ns/shop/*',
    ]);
    expect(accept(text("['a', $0]"), 'cluster.local/ns/shop/sa/reviews')).toContain("['a', 'cluster.local/ns/shop/sa/reviews']");
  });

  test('labels of workloads come with their value', () => {
    const text = (line: string): string => `
    kind: PeerAuthentication
    metadata: { name: a, namespace: shop }
    spec:
      selector:
        matchLabels:
          ${line}
${WORLD}`;
    expect(labels(text('$0'))).toEqual(['version: v1', 'version: v2', 'app: reviews']);
    expect(accept(text('ap$0'), 'app: reviews')).toContain('app: reviews\n');
    expect(labels(text('version: $0'))).toEqual(['v1', 'v2']);
  });

  test('secrets of the namespace in which the gateway runs come first', () => {
    const text = `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: own, namespace: shop }
    spec:
      selector: { istio: ingress }
      servers:
      - hosts: [a]
        tls:
          credentialName: $0
${WORLD}`;
    expect(complete(text).map((it) => [it.label, it.detail])).toEqual([
      ['tls', 'in ingress, where the gateway runs'],
      ['other', 'in shop, not read here'],
    ]);
  });

  test('namespaces, kinds and versions', () => {
    expect(labels(`kind: PeerAuthentication\nmetadata:\n  name: a\n  namespace: $0\n${WORLD.replaceAll('\n    ', '\n')}`)).toEqual([
      'ingress',
      'shop',
      'payments',
    ]);
    expect(labels('apiVersion: security.istio.io/v1\nkind: $0\n')).toEqual([
      'PeerAuthentication',
      'RequestAuthentication',
      'AuthorizationPolicy',
    ]);
    expect(labels('apiVersion: $0\nkind: PeerAuthentication\n')).toEqual(['security.istio.io/v1', 'security.istio.io/v1beta1']);
  });
});
