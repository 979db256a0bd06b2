import { expect, test } from 'vitest';
import { analyzeWithSchemas } from '../../../../test/support/analyze.js';
import { parseFixture } from '../../../../test/support/fixture.js';

/** `CODE Kind namespace/name` for each code of another tool that starts with one of these. */
function codes(yaml: string, prefix: RegExp, meshConfigText?: string): readonly string[] {
  const { host, diagnostics } = analyzeWithSchemas(parseFixture(yaml).files, {
    world: 'closed',
    ...(meshConfigText !== undefined && { istio: { meshConfigText } }),
  });
  return diagnostics
    .flatMap(({ peers, resource: id }) => {
      const resource = id === undefined ? undefined : host.resource(id)?.resource;
      return peers
        .filter((it) => prefix.test(it))
        .map((it) => `${it} ${resource?.kind ?? ''} ${resource?.namespace ?? ''}/${resource?.name ?? ''}`);
    })
    .sort();
}

const elsewhere = `
  kind: Service
  metadata: { name: cart, namespace: other }
  spec: { ports: [{ name: http, port: 80 }] }
  ---
  kind: VirtualService
  metadata: { name: cart, namespace: shop }
  spec:
    hosts: [cart.example.com]
    http: [{ route: [{ destination: { host: cart.other.svc.cluster.local } }] }]
  ---
  kind: DestinationRule
  metadata: { name: cart, namespace: shop }
  spec: { host: cart.other.svc.cluster.local, trafficPolicy: { loadBalancer: { simple: RANDOM } } }
  ---
  kind: Namespace
  metadata: { name: other }
  ---
  kind: AuthorizationPolicy
  metadata: { name: cart, namespace: shop }
  spec: { rules: [{ to: [{ operation: { hosts: [cart.other] } }] }] }
`;

test("the mesh's default export hides what says nothing of its own", () => {
  const hosts = /IST0101:host|IST0174|KIA1101|KIA0202|KIA0104/;
  expect(codes(elsewhere, hosts)).toEqual([]);
  expect(codes(elsewhere, hosts, 'defaultServiceExportTo: ["."]')).toEqual(
    [
      'IST0101:host VirtualService shop/cart',
      'IST0174 DestinationRule shop/cart',
      'KIA0104 AuthorizationPolicy shop/cart',
      'KIA1101 VirtualService shop/cart',
      'KIA0202 DestinationRule shop/cart',
    ].sort(),
  );
});

const twice = (spec: string) => `
  kind: VirtualService
  metadata: { name: a, namespace: shop }
  spec: { hosts: [www.example.com], ${spec} }
  ---
  kind: VirtualService
  metadata: { name: b, namespace: other }
  spec: { hosts: [www.example.com], ${spec} }
  ---
  kind: Namespace
  metadata: { name: shop }
  ---
  kind: Namespace
  metadata: { name: other }
`;

test('the default export of VirtualServices and DestinationRules counts, too', () => {
  const mesh = 'http: [{ redirect: { uri: / } }]';
  expect(codes(twice(mesh), /IST0109|KIA1106/)).toHaveLength(4);
  expect(codes(twice(mesh), /IST0109|KIA1106/, 'defaultVirtualServiceExportTo: ["."]')).toEqual([]);
  const subset = `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [x.example.com], http: [{ route: [{ destination: { host: cart.other.svc.cluster.local, subset: v1 } }] }] }
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: other }
    spec: { host: cart, subsets: [{ name: v1, labels: { version: v1 } }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: other }
    spec: { ports: [{ name: http, port: 80 }] }
  `;
  expect(codes(subset, /KIA1107/)).toEqual([]);
  expect(codes(subset, /KIA1107/, 'defaultDestinationRuleExportTo: ["."]')).toEqual(['KIA1107 VirtualService shop/cart']);
});

test('Kiali compares only what some namespace imports, istioctl all that it sees', () => {
  const sidecar = (egress: string) => `
    kind: Sidecar
    metadata: { name: default, namespace: istio-system }
    spec: { egress: [{ hosts: ["${egress}"] }] }
    ---
  `;
  const mesh = 'http: [{ redirect: { uri: / } }]';
  const both = ['IST0109 VirtualService other/b', 'IST0109 VirtualService shop/a'];
  expect(codes(sidecar('./*') + twice(mesh), /IST0109|KIA1106/)).toEqual(both);
  expect(codes(sidecar('~*/*') + twice(mesh), /IST0109|KIA1106/)).toEqual(both);
  for (const egress of ['*/*', '*/www.example.com', '*/*.example.com'])
    expect(codes(sidecar(egress) + twice(mesh), /KIA1106/), egress).toHaveLength(2);

  const entries = `
    kind: ServiceEntry
    metadata: { name: a, namespace: shop }
    spec: { hosts: [api.example.com], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS }
    ---
    kind: ServiceEntry
    metadata: { name: b, namespace: other }
    spec: { hosts: [API.example.com], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS }
    ---
    kind: Namespace
    metadata: { name: shop }
  `;
  expect(codes(entries, /KIA121/)).toHaveLength(2);
  expect(codes(sidecar('./*') + entries, /KIA121/)).toEqual([]);
});

test('hosts of ServiceEntries are compared in any case by Kiali, as written by istioctl', () => {
  const entries = (host: string) => `
    kind: ServiceEntry
    metadata: { name: a, namespace: shop }
    spec: { hosts: [api.example.com], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS }
    ---
    kind: ServiceEntry
    metadata: { name: b, namespace: shop }
    spec: { hosts: [${host}], ports: [{ number: 80, name: http, protocol: TCP }], resolution: DNS }
  `;
  expect(codes(entries('api.example.com'), /IST0177|KIA1212/)).toHaveLength(4);
  expect(codes(entries('API.example.com'), /IST0177|KIA1212/)).toEqual(['KIA1212 ServiceEntry shop/a', 'KIA1212 ServiceEntry shop/b']);
});

test('on a gateway, Kiali names a VirtualService of all hosts and one of a service beside it, each once', () => {
  const services = (...hosts: readonly string[]) =>
    hosts
      .map(
        (host, i) => `
    kind: VirtualService
    metadata: { name: v${i}, namespace: shop }
    spec: { hosts: [${host}], gateways: [public], http: [{ redirect: { uri: / } }] }
    ---`,
      )
      .join('');
  expect(codes(services('"*"', 'cart'), /KIA1106/)).toEqual(['KIA1106 VirtualService shop/v0', 'KIA1106 VirtualService shop/v1']);
  expect(codes(services('"*"', 'www.example.com'), /KIA1106/)).toEqual([]);
  expect(codes(services('"*"', 'cart.other.svc.cluster.local'), /KIA1106/)).toEqual([]);
  expect(codes(services('cart, basket', 'basket, cart'), /KIA1106/)).toHaveLength(2);
  expect(codes(services('cart', 'cart').replace('name: v1', 'name: cart-istio-autogenerated-k8s-public'), /KIA1106/)).toEqual([]);
});

test('Kiali takes a workload of that app for a host, istioctl does not', () => {
  const rule = (labels: string) => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, trafficPolicy: { loadBalancer: { simple: RANDOM } } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { ${labels} } } } }
  `;
  expect(codes(rule('app: cart'), /IST0174|KIA0202/)).toEqual(['IST0174 DestinationRule shop/cart']);
  expect(codes(rule('app: cart, app.kubernetes.io/name: basket'), /KIA0202/)).toEqual(['KIA0202 DestinationRule shop/cart']);
});

test('each host that two Gateways serve has its code of Kiali; one that a Gateway serves twice has one', () => {
  const gateway = (name: string, servers: string) => `
    kind: Gateway
    apiVersion: networking.istio.io/v1
    metadata: { name: ${name}, namespace: shop }
    spec: { selector: { istio: ingressgateway }, servers: [${servers}] }
    ---
  `;
  const server = (hosts: string, more = '') => `{ port: { number: 80, name: http, protocol: HTTP }, hosts: [${hosts}]${more} }`;
  const two = server('a.example.com, b.example.com');
  expect(codes(gateway('a', two) + gateway('b', two), /IST0145|KIA0301/)).toEqual(
    ['a', 'b'].map((it) => `IST0145 Gateway shop/${it}`).concat(['a', 'a', 'b', 'b'].map((it) => `KIA0301 Gateway shop/${it}`)),
  );
  const bound = gateway('b', server('a.example.com', ', bind: 10.0.0.1'));
  expect(codes(gateway('a', server('a.example.com')) + bound, /IST0145|KIA0301/)).toEqual([
    'KIA0301 Gateway shop/a',
    'KIA0301 Gateway shop/b',
  ]);
  expect(codes(gateway('a', `${server('a.example.com')}, ${server('A.example.com')}`), /KIA0301/)).toEqual(['KIA0301 Gateway shop/a']);
  expect(codes(gateway('a', two) + gateway('b-istio-autogenerated-k8s-b', two), /KIA0301/)).toEqual([]);
});

test('principals: stars, foreign trust domains, and the name that stands for the own one', () => {
  const policy = (principal: string) => `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec: { rules: [{ from: [{ source: { principals: ["${principal}"] } }] }] }
    ---
    kind: ServiceAccount
    metadata: { name: cart, namespace: shop }
  `;
  const of = (principal: string) => codes(policy(principal), /KIA010[68]/, 'trustDomain: td.example').map((it) => it.slice(0, 7));
  for (const known of [
    '*',
    'td.example/ns/shop/sa/cart',
    '*/ns/shop/sa/cart',
    '*/sa/cart',
    'td.example/ns/shop/sa/c*',
    'td.example/*',
    'td.example/ns/sh*',
  ])
    expect(of(known), known).toEqual([]);
  for (const unknown of ['other/ns/shop/sa/*', '*/sa/nobody', 'td.example/ns/shop/sa/x*', '/ns/shop/sa/cart', 'td.example/*/sa/cart'])
    expect(of(unknown), unknown).toEqual(['KIA0106']);
  for (const foreign of ['other/ns/shop/sa/cart', 'cluster.local/ns/shop/sa/cart', 'cluster.local/ns/shop/sa/nobody'])
    expect(of(foreign), foreign).toEqual(['KIA0108']);
});

test('names of source namespaces are compared as they are written by Kiali', () => {
  const policy = (name: string) => `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec: { rules: [{ from: [{ source: { namespaces: [${name}] } }] }] }
    ---
    kind: Namespace
    metadata: { name: other }
  `;
  expect(codes(policy('other'), /KIA0101|IST0101/)).toEqual([]);
  expect(codes(policy('Other'), /KIA0101|IST0101/)).toEqual(['KIA0101 AuthorizationPolicy shop/cart']);
  expect(codes(policy('another'), /KIA0101|IST0101/)).toHaveLength(2);
});

test('a policy for a waypoint in a namespace that is not enrolled has its code', () => {
  const policy = (label: string) => `
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient${label} } }
    ---
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }]
      rules: [{ to: [{ operation: { methods: [GET] } }] }]
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: waypoint, namespace: shop }
    spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
  `;
  expect(codes(policy(''), /KIA0109/)).toEqual(['KIA0109 AuthorizationPolicy shop/cart']);
  expect(codes(policy(', istio.io/use-waypoint: waypoint'), /KIA0109/)).toEqual([]);
});

test('a subset that the Sidecar of the namespace does not import has its code, one of a wider rule has none', () => {
  const route = (more: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart.other.svc.cluster.local], http: [{ route: [{ destination: { host: cart.other.svc.cluster.local, subset: v1 } }] }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: other }
    spec: { ports: [{ name: http, port: 80 }] }
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: other }
    spec: { host: cart, subsets: [{ name: v2, labels: { version: v2 } }] }
    ---
    kind: DestinationRule
    metadata: { name: all, namespace: other }
    spec: { host: "*.other.svc.cluster.local", subsets: [{ name: v1, labels: { version: v1 } }] }
    ---
    ${more}
  `;
  expect(codes(route(''), /IST0101:subset|KIA1107/)).toEqual(['IST0101:subset VirtualService shop/cart']);
  const sidecar = (egress: string) => `
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec: { egress: [{ hosts: ["${egress}"] }] }
  `;
  const defined = (egress: string) => route(sidecar(egress)).replace('name: v2', 'name: v1');
  expect(codes(defined('other/*'), /IST0101:subset|KIA1107/)).toEqual([]);
  expect(codes(defined('./*'), /IST0101:subset|KIA1107/)).toEqual(['KIA1107 VirtualService shop/cart']);
});

test('names of ports that Istio knows and Kiali does not, and "~", have the codes of Kiali as hints', () => {
  const service = (ports: string, label = '') => `
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop${label} }
    spec: { selector: { app: cart }, ports: [${ports}] }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } } } }
  `;
  const ports = /IST0118|KIA060/;
  expect(codes(service('{ name: db, port: 3306 }'), ports)).toEqual(['KIA0601 Service shop/cart']);
  expect(codes(service('{ name: db, port: 3306 }', ', labels: { kiali_wizard: x }'), ports)).toEqual([]);
  expect(codes(service('{ name: x, port: 80, appProtocol: http_proxy }'), ports)).toEqual(['KIA0602 Service shop/cart']);
  expect(codes(service('{ name: mysql, port: 3306 }, { name: udp, port: 9, protocol: UDP }'), ports)).toEqual([]);
  const entry = (exportTo: string) => `
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { hosts: [api.example.com], exportTo: [${exportTo}], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS }
    ---
    kind: Namespace
    metadata: { name: shop }
  `;
  expect(codes(entry('"~"'), /IST0106|KIA0005/)).toEqual(['KIA0005 ServiceEntry shop/api']);
  expect(codes(entry('"."'), /IST0106|KIA0005/)).toEqual([]);
  expect(codes(entry('"~", "."'), /IST0106|KIA0005/)).toEqual(['IST0106 ServiceEntry shop/api', 'KIA0005 ServiceEntry shop/api']);
});

test('what lives in ambient namespaces stands side by side in its own only; a completed egress host has no code', () => {
  const mesh = 'http: [{ redirect: { uri: / } }]';
  const ambient = twice(mesh).replaceAll(
    /metadata: { name: (shop|other) }/g,
    'metadata: { name: $1, labels: { istio.io/dataplane-mode: ambient } }',
  );
  expect(codes(ambient, /IST0109|KIA1106/)).toEqual(['IST0109 VirtualService other/b', 'IST0109 VirtualService shop/a']);
  const sidecar = (host: string) => `
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec: { egress: [{ hosts: ["${host}"] }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
  `;
  for (const known of ['./cart', './cart.shop', './cart.shop.svc', './cart.shop.svc.cluster.local'])
    expect(codes(sidecar(known), /KIA1004/), known).toEqual([]);
  for (const unknown of ['./basket', './basket.shop.svc', './*.example.com'])
    expect(codes(sidecar(unknown), /KIA1004/), unknown).toEqual(['KIA1004 Sidecar shop/default']);
});

test('hosts with a namespace but without a domain are completed by Kiali, not by istioctl', () => {
  const services = `
    ---
    kind: Namespace
    metadata: { name: shop }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ name: http, port: 80 }] }
  `;
  const rule = (host: string) => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: ${host}, subsets: [{ name: v1, labels: { version: v1 } }] }
    ${services}`;
  for (const host of ['cart.shop', 'cart.shop.svc'])
    expect(codes(rule(host), /IST0174|KIA0202/), host).toEqual(['IST0174 DestinationRule shop/cart']);
  expect(codes(rule('basket.shop'), /IST0174|KIA0202/)).toHaveLength(2);

  const hosts = (other: string) => `
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec: { hosts: [cart], http: [{ redirect: { uri: / } }] }
    ---
    kind: VirtualService
    metadata: { name: b, namespace: shop }
    spec: { hosts: [${other}], http: [{ redirect: { uri: / } }] }
    ${services}`;
  expect(codes(hosts('cart.shop'), /IST0109|KIA1106/)).toEqual(['KIA1106 VirtualService shop/a', 'KIA1106 VirtualService shop/b']);
  expect(codes(hosts('cart.other'), /IST0109|KIA1106/)).toEqual([]);

  const route = (subset: string) => `
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec: { hosts: [www.example.com], http: [{ route: [{ destination: { host: cart.shop, subset: ${subset} } }] }] }
    ---
    ${rule('cart')}`;
  expect(codes(route('v1'), /IST0101:subset|KIA1101|KIA1107/)).toEqual([]);
  expect(codes(route('v2'), /IST0101:subset|KIA1101|KIA1107/)).toEqual(['KIA1107 VirtualService shop/a']);
});

test('codes of workloads in ambient go by labels of their own and of the namespace', () => {
  const workload = (ofNamespace: string, labels: string, annotations = '') => `
    kind: Namespace
    metadata: { name: shop, labels: { ${ofNamespace} } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart${labels} }, annotations: { ${annotations} } } } }
  `;
  const ambient = 'istio.io/dataplane-mode: ambient';
  const of = (yaml: string) => codes(yaml, /KIA131[1236]/).map((it) => it.slice(0, 7));
  expect(of(workload(ambient, ', sidecar.istio.io/inject: "true"'))).toEqual(['KIA1311', 'KIA1316']);
  expect(of(workload(ambient, '', 'sidecar.istio.io/inject: "true"'))).toEqual(['KIA1316']);
  expect(of(workload('team: a', `, ${ambient}, sidecar.istio.io/inject: "true"`))).toEqual(['KIA1311']);
  expect(of(workload(`${ambient}, istio.io/use-waypoint: wp`, ''))).toEqual(['KIA1313']);
  expect(of(workload(`${ambient}, istio.io/use-waypoint: wp`, ', istio.io/use-waypoint: none'))).toEqual([]);
  expect(of(workload('istio.io/use-waypoint: wp', ''))).toEqual(['KIA1312', 'KIA1313']);
  expect(of(workload('istio.io/use-waypoint: none', ''))).toEqual([]);
});
