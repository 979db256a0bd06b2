import type { SchemaCode } from '../schema/validate.js';
import type { RuleMeta, Severity } from './rule.js';

/** Meta of what schemas say; pages and severity settings treat it like rules. */
export const SCHEMA_RULES: Readonly<Record<SchemaCode, RuleMeta>> = {
  'unknown-kind': define('unknown-kind', {
    unseen: 'hint',
    title: 'A kind that its group does not have',
    effect: 'The API server rejects it, and nothing here is checked.',
    why: 'The API server answers that it knows no such kind, and the manifest is not applied. We report names that differ from a known one by a slip only, as clusters may have kinds of their own; and kinds of the Gateway API that are in its experimental channel only, unless `gateway-api.channel` asks for it.',
    remedy: 'Correct the name, or install what brings the kind.',
    bad: peerAuthentication('  mtls:\n    mode: STRICT\n').replace('PeerAuthentication', 'Peerauthentication'),
    good: peerAuthentication('  mtls:\n    mode: STRICT\n'),
  }),
  'unknown-version': define('unknown-version', {
    unseen: 'hint',
    title: 'A version that its kind does not have',
    why: 'The API server answers that it knows no such kind, and the manifest is not applied.',
    remedy: 'Use a version that exists.',
    bad: peerAuthentication('  mtls:\n    mode: STRICT\n').replace('/v1\n', '/v2\n'),
    good: peerAuthentication('  mtls:\n    mode: STRICT\n'),
  }),
  'unknown-field': define('unknown-field', {
    unseen: 'hint',
    title: 'A field that its kind does not have',
    effect: 'The API server rejects or drops it.',
    why: 'kubectl refuses a manifest with an unknown field; controllers that apply it in another way drop the field without a word, and it has no effect. Nearly always it is a slip of the pen or stands at the wrong level. Some fields of the Gateway API exist in its experimental channel only, which the setting `gateway-api.channel` asks for. With `istio.version` set, fields that came with a later release are reported, too.',
    remedy: 'Correct the name, or move it to where it belongs.',
    bad: route('    timout: 5s\n'),
    good: route('    timeout: 5s\n'),
  }),
  'wrong-type': define('wrong-type', {
    title: 'A value of the wrong type',
    why: 'The API server refuses text where a number belongs, a map where a list belongs, and so on. A word like yes, on or n, and anything that looks like a number, is text in quotes only: Kubernetes reads YAML 1.1.',
    remedy: 'Write a value of the type that the field takes.',
    bad: route('    retries:\n      attempts: "3"\n'),
    good: route('    retries:\n      attempts: 3\n'),
  }),
  'unknown-value': define('unknown-value', {
    title: 'A value that is not among those a field takes',
    why: 'The field takes a fixed set of words, and the API server refuses all others. Upper and lower case matter.',
    remedy: 'Use one of the values that the field takes.',
    bad: peerAuthentication('  mtls:\n    mode: Strict\n'),
    good: peerAuthentication('  mtls:\n    mode: STRICT\n'),
  }),
  'required-field': define('required-field', {
    title: 'A field is missing that must be there',
    why: 'The API server refuses an object without it.',
    remedy: 'Add the field.',
    bad: route('      weight: 100\n').replace('destination:\n        host: reviews', 'headers: {}'),
    good: route('      weight: 100\n'),
  }),
  'one-of': define('one-of', {
    title: 'Fields that exclude each other',
    why: 'Of some groups of fields only one can be set, as each is another way to say the same thing. The API server refuses the object.',
    remedy: 'Keep the one that is meant and take out the others.',
    bad: route('    match:\n    - uri:\n        exact: /a\n        prefix: /b\n'),
    good: route('    match:\n    - uri:\n        prefix: /b\n'),
  }),
  'out-of-range': define('out-of-range', {
    title: 'A number, a text or a list outside its limits',
    why: 'The schema of the kind sets limits to values, lengths and counts, and the API server holds to them.',
    remedy: 'Stay within the limits.',
    bad: telemetry(120),
    good: telemetry(10),
  }),
  pattern: define('pattern', {
    title: 'Text that does not have the form its field asks for',
    why: 'The schema of the kind gives the form as a regular expression, and the API server refuses what does not match it.',
    remedy: 'Write the text in that form.',
    bad: workloadGroup('x y'),
    good: workloadGroup('x-y'),
  }),
  format: define('format', {
    title: 'Text that is no time, address or base64',
    why: 'The field takes text of a known format, and the API server refuses anything else.',
    remedy: 'Write the value in the format of the field.',
    bad: directResponse('ok!'),
    good: directResponse('b2s='),
  }),
  'duplicate-item': define('duplicate-item', {
    title: 'Two items of a list that are told apart by a key have the same key',
    why: 'Kubernetes tells the items of some lists apart by one or two of their fields, which cannot be equal. The API server refuses the object.',
    remedy: 'Rename or delete one of the items.',
    bad: ports('http', 'http'),
    good: ports('http', 'https'),
  }),
  condition: define('condition', {
    title: 'Fields that do not go together',
    why: 'Beside types and limits, a kind states conditions over several fields, such as one that makes sense with another only. The API server evaluates them and refuses the object.',
    remedy: 'Change or take out one of the fields.',
    bad: peerAuthentication('  portLevelMtls:\n    8080:\n      mode: DISABLE\n'),
    good: peerAuthentication('  selector:\n    matchLabels:\n      app: reviews\n  portLevelMtls:\n    8080:\n      mode: DISABLE\n'),
  }),
  metadata: define('metadata', {
    title: 'A name, label or annotation that Kubernetes does not accept',
    why: 'Names become parts of addresses and labels are indexed, so both have a limited alphabet and length. The API server refuses the object.',
    remedy: 'Use letters, digits and "-", and in labels also "_" and ".", with a letter or digit at both ends.',
    bad: route('').replace('name: reviews\n', 'name: Reviews_v1\n'),
    good: route('').replace('name: reviews\n', 'name: reviews-v1\n'),
  }),
};

interface Words {
  readonly title: string;
  readonly effect?: string;
  readonly unseen?: Severity;
  readonly why: string;
  readonly remedy: string;
  readonly bad: string;
  readonly good: string;
}

function define(code: SchemaCode, { title, effect = 'The API server rejects it.', unseen, why, remedy, bad, good }: Words): RuleMeta {
  return {
    id: `schema/${code}`,
    title,
    severity: 'error',
    category: 'schema',
    effect,
    ...(unseen && { unseen }),
    why,
    remedy,
    example: { bad, good },
  };
}

function route(more: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
spec:
  hosts:
  - reviews
  http:
  - route:
    - destination:
        host: reviews
${more}`;
}

function directResponse(bytes: string): string {
  return route('').replace(/route:[^]*/, `directResponse:\n      status: 200\n      body:\n        bytes: ${bytes}\n`);
}

function peerAuthentication(spec: string): string {
  return `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata:\n  name: default\nspec:\n${spec}`;
}

function telemetry(percentage: number): string {
  return `apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata:
  name: default
spec:
  tracing:
  - randomSamplingPercentage: ${percentage}
`;
}

function workloadGroup(header: string): string {
  return `apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata:
  name: reviews
spec:
  template:
    serviceAccount: reviews
  probe:
    httpGet:
      port: 8080
      httpHeaders:
      - name: ${header}
        value: ok
`;
}

function ports(first: string, second: string): string {
  return `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: api
spec:
  hosts:
  - api.example.com
  ports:
  - name: ${first}
    number: 80
    protocol: HTTP
  - name: ${second}
    number: 8080
    protocol: HTTP
  resolution: DNS
`;
}
