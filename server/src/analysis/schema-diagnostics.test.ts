import { describe, expect, test } from 'vitest';
import { bundledSchemas } from '../hosts/schemas.js';
import { SCHEMA_RULES } from '../rules/schema.js';
import { applyEdits } from '../text/edit.js';
import { createHost } from './analyze.js';
import { diagnosticsOf, diagnosticSources, fixesOf } from './diagnostics.js';

const schemas = bundledSchemas();

interface Seen {
  readonly rule: string;
  readonly message: string;
  /** The text that is marked. */
  readonly at: string;
  /** Titles of fixes, with the text each gives. */
  readonly fixes: Readonly<Record<string, string>>;
}

function schemaSays(text: string, uri = 'file:///shop/a.yaml'): readonly Seen[] {
  const host = createHost({
    schemas,
    onFailure: (what, where, error) => {
      throw new Error(`${what} on ${where}`, { cause: error });
    },
  });
  host.apply([{ uri, text }]);
  return diagnosticSources(host, uri)
    .filter(({ diagnostic }) => diagnostic.rule.startsWith('schema/'))
    .map((source) => ({
      rule: source.diagnostic.rule,
      message: source.diagnostic.message,
      at: text.slice(source.diagnostic.range.start, source.diagnostic.range.end),
      fixes: Object.fromEntries(
        fixesOf(host, source).map((fix) => [
          fix.title,
          applyEdits(
            text,
            fix.edits.flatMap((edit) => ('range' in edit ? [edit] : [])),
          ),
        ]),
      ),
    }));
}

function virtualService(http: string): string {
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: cart\nspec:\n  hosts:\n  - cart\n  http:\n${http}`;
}

/** The one finding of a VirtualService with these HTTP routes. */
function only(http: string): Seen {
  const seen = schemaSays(virtualService(http));
  expect(seen).toHaveLength(1);
  return seen[0]!;
}

describe('examples', () => {
  for (const rule of Object.values(SCHEMA_RULES)) {
    test(`${rule.id}: the bad one is reported, the good one is clean`, () => {
      expect(schemaSays(rule.example.bad).map((it) => it.rule)).toEqual([rule.id]);
      expect(schemaSays(rule.example.good)).toEqual([]);
    });
  }
});

describe('unknown fields', () => {
  test('a slip of the pen is named and renamed', () => {
    const seen = only('  - timout: 5s\n    route:\n    - destination:\n        host: cart\n');
    expect(seen).toMatchObject({
      at: 'timout',
      message: '"timout" is no field of an HTTP route ("timeout" is). The API server rejects or drops it.',
    });
    expect(schemaSays(seen.fixes['Change to "timeout"']!)).toEqual([]);
  });

  test('snake case and other casing count as the same word', () => {
    expect(
      Object.keys(only('  - retries:\n      per_try_timeout: 2s\n    route:\n    - destination:\n        host: cart\n').fixes),
    ).toEqual(['Change to "perTryTimeout"']);
  });

  test('a field one level too deep moves up, with what it holds', () => {
    const seen = only('  - route:\n    - destination:\n        host: cart\n      retries:\n        attempts: 3\n');
    expect(seen.message).toContain('"retries" is no field of an HTTP route destination; it belongs one level up, in "http[0]".');
    const fixed = seen.fixes['Move "retries" up']!;
    expect(fixed).toBe(virtualService('  - retries:\n      attempts: 3\n    route:\n    - destination:\n        host: cart\n'));
  });

  test('a field one level too high is told where it belongs', () => {
    expect(only('  - route:\n    - destination:\n        host: cart\n    attempts: 3\n').message).toContain(
      'it belongs one level down, in "retries"',
    );
  });

  test('what a value keeps without a schema is not judged', () => {
    expect(
      schemaSays(
        'apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata:\n  name: x\nspec:\n  configPatches:\n  - applyTo: CLUSTER\n    patch:\n      operation: MERGE\n      value:\n        any_thing: 1\nstatus:\n  whatever: 1\n',
      ),
    ).toEqual([]);
  });
});

describe('types', () => {
  test('a word that YAML 1.1 takes for a boolean wants quotes', () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  labels:\n    mesh: yes\n';
    const [seen] = schemaSays(text);
    expect(seen).toMatchObject({ rule: 'schema/wrong-type', at: 'yes' });
    expect(schemaSays(seen!.fixes['Quote "yes"']!)).toEqual([]);
  });

  test('a number in quotes loses them, a bare value becomes a list, a duration gets its unit', () => {
    expect(only('  - retries:\n      attempts: "3"\n').fixes['Remove the quotes']).toContain('attempts: 3\n');
    expect(only('  - match:\n    - gateways: mesh\n    redirect:\n      uri: /\n').fixes['Make it a list of one']).toContain(
      'gateways: [mesh]',
    );
    expect(only('  - timeout: 5\n').fixes['Change to "5s"']).toContain('timeout: 5s');
  });

  test('an empty value counts as absent, but not as an item', () => {
    expect(schemaSays(virtualService('  - timeout:\n    retries:\n'))).toEqual([]);
    expect(only('  - match:\n    -\n').message).toContain('empty');
  });

  test('what another tool will replace is any value', () => {
    const secret = (value: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata:\n  password: ${value}\n`;
    expect(schemaSays(secret('ENC[AES256_GCM,data:x,type:str]'))).toEqual([]);
    expect(schemaSays(secret('<path:kv/data/shop#password>'))).toEqual([]);
    expect(schemaSays(virtualService('  - timeout: <timeout>\n'))).toEqual([]);
  });

  test('fields that a later Kubernetes may have in pods are not judged, slips are', () => {
    const pod = (more: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: a\n    ${more}\n`;
    expect(schemaSays(pod('brandNewThing: 1'))).toEqual([]);
    expect(schemaSays(pod('restartPolicy: Always'))).toEqual([]);
    expect(schemaSays(pod('livenessprobe: {}'))).toMatchObject([{ rule: 'schema/unknown-field' }]);
  });

  test('what a template or a substitution fills in is any value', () => {
    expect(schemaSays(virtualService('  - timeout: ${TIMEOUT}\n    retries:\n      attempts: ${ATTEMPTS}\n'))).toEqual([]);
  });
});

describe('values', () => {
  test('another casing is corrected, in the quotes it stands in', () => {
    const [seen] = schemaSays(
      'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: x}\nspec:\n  mtls: {mode: "Strict"}\n',
    );
    expect(seen!.message).toBe('"Strict" is no mode; use UNSET, DISABLE, PERMISSIVE or STRICT. The API server rejects it.');
    expect(seen!.fixes['Change to "STRICT"']).toContain('mode: "STRICT"');
  });

  test('of fields that exclude each other either can go', () => {
    const seen = only('  - match:\n    - uri:\n        exact: /a\n        prefix: /b\n');
    expect(seen).toMatchObject({
      at: 'prefix',
      message: expect.stringContaining('Set only one of "exact", "prefix" and "regex"; this has "exact" and "prefix".') as string,
    });
    expect(seen.fixes['Remove "prefix"']).toBe(virtualService('  - match:\n    - uri:\n        exact: /a\n'));
    expect(seen.fixes['Remove "exact"']).toBe(virtualService('  - match:\n    - uri:\n        prefix: /b\n'));
  });

  test('a selector excludes target references', () => {
    const [seen] = schemaSays(
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: x}\nspec:\n  selector: {matchLabels: {app: a}}\n  targetRefs: [{kind: Service, name: a}]\n',
    );
    expect(seen).toMatchObject({ rule: 'schema/one-of', at: 'targetRefs' });
  });

  test('a value of a Secret is never shown', () => {
    const [seen] = schemaSays('apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata:\n  password: "hunter2!"\n');
    expect(seen).toMatchObject({ rule: 'schema/format' });
    expect(seen!.message).not.toContain('hunter2');
  });
});

describe('what is missing', () => {
  test('is marked at the key that lacks it, or at the first key of an item', () => {
    expect(
      schemaSays('apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: x}\nspec:\n  subsets: []\n'),
    ).toMatchObject([
      {
        rule: 'schema/required-field',
        at: 'spec',
        message: expect.stringContaining('The spec of a DestinationRule needs "host".') as string,
      },
    ]);
    expect(only('  - route:\n    - weight: 1\n')).toMatchObject({ at: 'weight' });
  });

  test('is not told where it is there with a slip', () => {
    expect(only('  - route:\n    - Destination:\n        host: cart\n').message).toContain('("destination" is)');
  });

  test('is not asked for in a patch, nor in a map that a template adds to', () => {
    const patch = 'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: x}\nspec:\n  subsets: []\n';
    expect(schemaSays(patch, 'file:///shop/overlays/patches/rule.yaml')).toEqual([]);
    expect(schemaSays(`$patch: delete\n${patch}`)).toEqual([]);
    expect(schemaSays(virtualService('  - route:\n    - destination:\n        {{- include "host" . | nindent 8 }}\n'))).toEqual([]);
  });
});

test('a kind with a slip is told, one that nobody knows is not', () => {
  const object = (apiVersion: string, kind: string): string => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\n`;
  expect(schemaSays(object('networking.istio.io/v1', 'VirtualServce'))).toMatchObject([
    { rule: 'schema/unknown-kind', at: 'VirtualServce', message: expect.stringContaining('("VirtualService" is one)') as string },
  ]);
  expect(schemaSays(object('networking.istio.io/v1', 'PeerAuthentication'))).toMatchObject([
    { rule: 'schema/unknown-kind', at: 'networking.istio.io/v1', message: expect.stringContaining('(security.istio.io has') as string },
  ]);
  expect(schemaSays(object('networking.istio.oi/v1', 'VirtualService'))).toMatchObject([
    { rule: 'schema/unknown-kind', at: 'networking.istio.oi/v1', message: expect.stringContaining('There is no group') as string },
  ]);
  expect(schemaSays(object('networking.k8s.io/v1', 'IngressClass'))).toEqual([]);
  expect(schemaSays(object('v1', 'service'))).toMatchObject([{ rule: 'schema/unknown-kind' }]);
  expect(schemaSays(object('v1', 'Node'))).toEqual([]);
  expect(schemaSays(object('networking.istio.io/v1', 'Brandnew'))).toEqual([]);
  expect(schemaSays(object('example.com/v1', 'Virtualservice'))).toEqual([]);
});

test('names and labels have their alphabet', () => {
  const object = (metadata: string): string => `apiVersion: v1\nkind: Service\nmetadata:\n${metadata}`;
  expect(schemaSays(object('  name: cart-v1\n  labels: {app.kubernetes.io/name: cart_v1.2}\n'))).toEqual([]);
  expect(schemaSays(object('  name: cart.v1\n'))).toMatchObject([{ rule: 'schema/metadata', at: 'cart.v1' }]);
  expect(schemaSays(object('  name: cart\n  labels: {a b: "x y"}\n')).map((it) => it.at)).toEqual(['a b', '"x y"']);
});

test('a repeated key of a list is reported beside the first', () => {
  const ports = (second: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: cart}\nspec:\n  ports:\n  - {name: a, port: 80}\n  - {name: b, port: 80${second}}\n`;
  expect(schemaSays(ports(''))).toMatchObject([{ rule: 'schema/duplicate-item', at: '80' }]);
  expect(schemaSays(ports(', protocol: UDP'))).toEqual([]);
});

describe('what is missing', () => {
  test('is added with what it cannot do without itself', () => {
    const seen = only('  - route:\n    - weight: 100\n');
    expect(seen.message).toContain('needs "destination"');
    expect(seen.fixes['Add "destination"']).toBe(
      virtualService('  - route:\n    - weight: 100\n      destination:\n        host: <host>\n'),
    );
    expect(schemaSays(seen.fixes['Add "destination"']!)).toEqual([]);
  });

  test('is written behind its key where that stands there already', () => {
    expect(only('  - route:\n    - destination:\n      weight: 100\n').fixes['Add "destination"']).toBe(
      virtualService('  - route:\n    - destination:\n        host: <host>\n      weight: 100\n'),
    );
    expect(only('  - route:\n    - destination:\n        host:\n').fixes['Add "host"']).toBe(
      virtualService('  - route:\n    - destination:\n        host: <host>\n'),
    );
  });

  test('goes into braces where the map has some', () => {
    expect(only('  - route: [{ weight: 100 }]\n').fixes['Add "destination"']).toBe(
      virtualService('  - route: [{ weight: 100, destination: { host: <host> } }]\n'),
    );
    expect(only('  - route: [{}]\n').fixes['Add "destination"']).toBe(virtualService('  - route: [{ destination: { host: <host> } }]\n'));
  });

  test('takes the choice that its neighbor asks for, and the name of an object', () => {
    const [seen] = schemaSays(
      'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: a\nspec:\n  rules:\n  - filters:\n    - requestRedirect:\n        scheme: https\n',
    );
    expect(seen?.fixes).toHaveProperty('Add "type"', expect.stringContaining('        scheme: https\n      type: RequestRedirect\n'));
    const named = schemaSays('apiVersion: v1\nkind: Service\nmetadata:\n  namespace: shop\n');
    expect(named[0]?.fixes).toEqual({ 'Add "name"': 'apiVersion: v1\nkind: Service\nmetadata:\n  namespace: shop\n  name: <name>\n' });
  });

  test('of a group one is enough, and each is offered', () => {
    const [seen] = schemaSays(
      'apiVersion: policy.linkerd.io/v1beta1\nkind: ServerAuthorization\nmetadata:\n  name: a\nspec:\n  server: {}\n  client:\n    unauthenticated: true\n',
    );
    expect(Object.keys(seen?.fixes ?? {})).toEqual(['Add "name"', 'Add "selector"']);
  });
});

describe('channels', () => {
  test('of what the experimental channel alone has, the fix chooses that channel', () => {
    const host = createHost({ schemas });
    const text =
      'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: a\nspec:\n  rules:\n  - retry: { attempts: 3 }\n    backendRefs: [{ name: a, port: 80 }]\n';
    host.apply([{ uri: 'file:///a.yaml', text }]);
    host.setSettings({ 'gateway-api': { channel: 'standard' } });
    const source = diagnosticSources(host, 'file:///a.yaml').find((it) => it.diagnostic.rule === 'schema/unknown-field')!;
    expect(fixesOf(host, source)).toEqual([
      {
        title: 'Use the experimental channel (.meshwright.yaml)',
        edits: [],
        setting: { path: ['gateway-api', 'channel'], value: 'experimental' },
      },
    ]);
  });
});

test('a field that belongs further down is sent to the map that is written there', () => {
  const says = (text: string): string =>
    schemaSays(text)
      .map((it) => it.message)
      .join(' ');
  const text =
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: x}\nspec:\n  hosts: [a]\n  http:\n  - subset: v1\n    route:\n    - destination: {host: a}\n';
  expect(says(text)).toContain('"subset" is no field of an HTTP route; it belongs two levels down, in "route[0].destination".');
  expect(says(text.replace('{name: x}', '{name: x, foo: a}'))).toContain('"foo" is no field of metadata.');
});

describe('the namespace of a kind that belongs to none', () => {
  const gatewayClass = (metadata: string): string =>
    `apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata:\n  name: a\n${metadata}spec:\n  controllerName: example.com/a\n`;

  test('is told, as the API server drops it, and can be taken out', () => {
    const [seen, ...others] = schemaSays(gatewayClass('  namespace: shop\n'));
    expect(others).toEqual([]);
    expect(seen).toMatchObject({
      rule: 'schema/metadata',
      at: 'namespace',
      message: 'A GatewayClass belongs to no namespace: it holds for the whole cluster. The API server drops the namespace.',
      fixes: { 'Remove "namespace"': gatewayClass('') },
    });
  });

  test.each(['  namespace: ""\n', '  namespace:\n', ''])('is absent in %j', (metadata) => {
    expect(schemaSays(gatewayClass(metadata))).toEqual([]);
  });

  test('is not told of what a kustomization gives it', () => {
    const host = createHost({ schemas });
    host.apply([
      { uri: 'file:///k/kustomization.yaml', text: 'namespace: shop\nresources:\n- class.yaml\n' },
      { uri: 'file:///k/class.yaml', text: gatewayClass('') },
    ]);
    expect(['class.yaml', 'kustomization.yaml'].flatMap((it) => diagnosticsOf(host, `file:///k/${it}`))).toEqual([]);
  });

  test("of a kind in a namespace is nobody's business, missing or not", () => {
    const service = (metadata: string): string => `apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n${metadata}`;
    expect([...schemaSays(service('')), ...schemaSays(service('  namespace: shop\n'))]).toEqual([]);
  });
});

describe('a list that is named after its kind', () => {
  const list = (items: string, kind = 'VirtualServiceList'): string =>
    `apiVersion: networking.istio.io/v1\nkind: ${kind}\nitems:\n${items}`;
  const items = virtualService('  - timout: 5s\n    route: [{ destination: { host: cart } }]\n')
    .split('\n')
    .map((line, i) => (line === '' ? '' : `${i === 0 ? '- ' : '  '}${line}`))
    .join('\n');

  test('is taken apart as a List is', () => {
    expect(schemaSays(list(items)).map((it) => it.at)).toEqual(['timout']);
  });

  test('says for its items what they are', () => {
    const bare = items.replace(/^- apiVersion: .*\n {2}kind: .*\n {2}/m, '- ');
    expect(bare).toMatch(/^- metadata:/);
    const [seen, ...others] = schemaSays(list(bare));
    expect(others).toEqual([]);
    expect(seen).toMatchObject({ at: 'timout', fixes: { 'Change to "timeout"': list(bare).replace('timout', 'timeout') } });
    expect(schemaSays(list('- spec: { hosts: [cart] }\n'))[0]?.fixes['Add "metadata"']).toBe(
      list('- spec: { hosts: [cart] }\n  metadata:\n    name: <name>\n'),
    );
  });

  test("of a kind that nobody knows is nobody's, and a kind with such a name is no list", () => {
    expect(schemaSays(list(items, 'TeapotList'))).toEqual([]);
    expect(schemaSays(list('', 'VirtualServiceList').replace('items:\n', 'spec: {}\n'))).toEqual([]);
  });
});
