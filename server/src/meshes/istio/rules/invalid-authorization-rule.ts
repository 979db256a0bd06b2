import type { Resource } from '../../../model/resource.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { placeOfName } from '../places.js';
import { isSet, isSurelySet, isWhole, lacks, lacksItems, placeOfKey, placeOfLack, quoted, writtenText } from '../validation/values.js';

const both = (name: string) => [name, `not${name.charAt(0).toUpperCase()}${name.slice(1)}`];
const SERVICE_ACCOUNTS = both('serviceAccounts');
const TRUST_DOMAINS = both('trustDomains');
const SOURCE = [
  ...['principals', 'requestPrincipals', 'namespaces'].flatMap(both),
  ...SERVICE_ACCOUNTS,
  ...TRUST_DOMAINS,
  ...['ipBlocks', 'remoteIpBlocks'].flatMap(both),
];
const PATHS = both('paths');
const OPERATION = [...['hosts', 'ports', 'methods'].flatMap(both), ...PATHS];
/** What an external authorizer is not told. */
const NOT_CUSTOM = ['namespaces', 'serviceAccounts', 'trustDomains', 'principals', 'requestPrincipals'].flatMap(both);
const NOT_CUSTOM_KEYS = /^(?:source\.(?:namespace|serviceAccount|trustDomain|principal)$|request\.auth\.)/;
const KEYS = [
  'source.ip',
  'remote.ip',
  'source.namespace',
  'source.serviceAccount',
  'source.principal',
  'source.trustDomain',
  'request.auth.principal',
  'request.auth.audiences',
  'request.auth.presenter',
  'destination.ip',
  'destination.port',
  'connection.sni',
];
const KEYED = ['request.headers', 'request.auth.claims', 'experimental.envoy.filters.'];
const RETIRED = /^destination\.(?:namespace|labels|name|user)/;

export const invalidAuthorizationRule = defineRule({
  id: 'istio/invalid-authorization-rule',
  title: 'Rule of an AuthorizationPolicy that Istio cannot enforce',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A policy that was half understood could let in everybody. Istio therefore refuses parts that are empty, conditions it does not know, and patterns that it cannot turn into filters of Envoy.',
  remedy: 'Correct the rule, or remove the empty part.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  action: DENY
  rules:
  - when: [{ key: request.header, values: [bot] }]
`,
    good: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  action: DENY
  rules:
  - from: [{ source: { ipBlocks: [192.0.2.0/24] } }]
    when: [{ key: "request.headers[user-agent]", values: [bot] }]
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const spec = root.map('spec');
    if (!spec) return;
    const action = spec.has('action') ? spec.text('action') : 'ALLOW';
    const at = spec.get('action') ?? placeOfName(resource);
    if ((action === 'DENY' || action === 'CUSTOM') && lacksItems(resource, spec, 'rules'))
      yield {
        at,
        message: action === 'DENY' ? 'A policy that denies needs rules; this denies nothing.' : 'A policy with action CUSTOM needs rules.',
      };
    const provider = spec.entry('provider');
    if (
      action === 'CUSTOM' &&
      (lacks(resource, spec, 'provider') || (provider && lacks(resource, provider.value, 'name')) || spec.text('provider.name') === '')
    )
      yield { at: provider?.keyRange ?? at, message: 'A policy with action CUSTOM needs the name of its provider.' };
    if (action !== undefined && action !== 'CUSTOM' && provider && spec.has('provider'))
      yield { at: provider.keyRange, message: `A provider is for action CUSTOM, and this is ${action}.` };

    for (const rule of root.list('spec.rules.*')) {
      for (const from of rule.list('from.*')) yield* sourceProblems(resource, from, action === 'CUSTOM');
      for (const to of rule.list('to.*')) yield* operationProblems(resource, to);
      for (const condition of rule.list('when.*')) yield* conditionProblems(resource, condition, action === 'CUSTOM');
    }
  },
});

function* sourceProblems(resource: Resource, from: YamlNode, isCustom: boolean): Generator<Problem> {
  const source = from.get('source');
  if (!source || !from.has('source')) {
    if (lacks(resource, from, 'source'))
      yield { at: placeOfKey(resource.root, from, 'source'), message: 'An entry of "from" needs a "source".' };
    return;
  }
  if (source.type !== 'map') return;
  if (isNothing(resource, source, SOURCE)) yield { at: placeOfLack(resource.root, source), message: 'This source says nothing.' };
  for (const field of SOURCE) {
    const entry = source.entry(field);
    if (entry === undefined) continue;
    const refused = isCustom && NOT_CUSTOM.includes(field) && isSurelySet(source, field);
    if (refused) yield { at: entry.keyRange, message: `A policy with action CUSTOM cannot go by "${field}".` };
    for (const at of entry.value.list('*')) {
      const value = at.text();
      if (value === '') yield { at, message: `An entry of "${field}" is empty.` };
      const written = writtenText(at);
      const complaint = written === undefined || written === '' ? undefined : complaintAboutSource(field, written);
      if (complaint !== undefined) yield { at, message: complaint };
    }
  }
}

function complaintAboutSource(field: string, value: string): string | undefined {
  if (SERVICE_ACCOUNTS.includes(field)) return complaintAboutServiceAccount(value);
  if (TRUST_DOMAINS.includes(field)) return complaintAboutTrustDomain(value);
  return undefined;
}

function complaintAboutServiceAccount(value: string): string | undefined {
  const [first = '', second, ...rest] = value.split('/');
  if (value.includes('*')) return 'Service accounts have no wildcards here.';
  if (rest.length > 0) return `${quoted(value)} is no service account; they are "name" or "namespace/name".`;
  if (second === undefined) return undefined;
  if (first === '') return `${quoted(value)} names no namespace before the slash.`;
  return second === '' ? `${quoted(value)} names no service account behind the slash.` : undefined;
}

function complaintAboutTrustDomain(value: string): string | undefined {
  if (value.includes('/')) return `${quoted(value)} is more than a trust domain, which has no slash.`;
  const star = value.indexOf('*');
  if (star < 0 || (star === value.lastIndexOf('*') && (star === 0 || star === value.length - 1))) return undefined;
  return `A trust domain has one star at most, at its start or end.`;
}

function* operationProblems(resource: Resource, to: YamlNode): Generator<Problem> {
  const operation = to.get('operation');
  if (!operation || !to.has('operation')) {
    if (lacks(resource, to, 'operation'))
      yield { at: placeOfKey(resource.root, to, 'operation'), message: 'An entry of "to" needs an "operation".' };
    return;
  }
  if (operation.type !== 'map') return;
  if (isNothing(resource, operation, OPERATION))
    yield { at: placeOfLack(resource.root, operation), message: 'This operation says nothing.' };
  for (const field of OPERATION) {
    for (const at of operation.entry(field)?.value.list('*') ?? []) {
      if (at.text() === '') yield { at, message: `An entry of "${field}" is empty.` };
      const path = PATHS.includes(field) ? writtenText(at) : undefined;
      const complaint = path === undefined ? undefined : complaintAboutPath(path);
      if (complaint !== undefined) yield { at, message: complaint };
    }
  }
}

/** Templates of paths: `{*}` is one segment, `{**}` all that follow. */
function complaintAboutPath(path: string): string | undefined {
  if (!/[{}]/.test(path)) return undefined;
  const segments = path.replaceAll(/^\/+|\/+$/g, '').split('/');
  const isOperator = (segment: string) => segment === '{*}' || segment === '{**}';
  const odd = segments.find((it) => /[{}]/.test(it) && !isOperator(it));
  if (odd !== undefined) return `${quoted(odd)} is no segment of a path template; only "{*}" and "{**}" have braces.`;
  const last = segments.indexOf('{**}');
  if (last >= 0 && segments.slice(last + 1).some(isOperator)) return 'Behind "{**}" a path template has no further operator.';
  const literal = segments.find((it) => !isOperator(it) && !/^[-A-Za-z0-9._~%!$&'()+,;:@=]+$/.test(it));
  return literal === undefined ? undefined : `${quoted(literal)} cannot stand in a path template.`;
}

function* conditionProblems(resource: Resource, condition: YamlNode, isCustom: boolean): Generator<Problem> {
  const { root } = resource;
  const at = condition.get('key');
  const key = at?.text();
  if (lacks(resource, condition, 'key') && condition.type === 'map' && condition.entries.length > 0)
    yield { at: placeOfLack(root, condition), message: 'This condition has no key.' };
  if (at && key !== undefined) {
    const complaint = complaintAboutKey(key);
    if (complaint !== undefined) yield { at, message: complaint };
    else if (isCustom && NOT_CUSTOM_KEYS.test(key)) yield { at, message: `A policy with action CUSTOM cannot go by "${key}".` };
  }
  if (key !== undefined && lacksItems(resource, condition, 'values') && lacksItems(resource, condition, 'notValues'))
    yield { at: at ?? placeOfLack(root, condition), message: 'This condition needs "values" or "notValues".' };
  for (const value of [...condition.list('values.*'), ...condition.list('notValues.*')]) {
    const text = value.text();
    if (text === '') yield { at: value, message: 'A value of this condition is empty.' };
    else if (text !== undefined && writtenText(value) !== undefined) {
      const complaint =
        key === 'source.serviceAccount'
          ? complaintAboutServiceAccount(text)
          : key === 'source.trustDomain'
            ? complaintAboutTrustDomain(text)
            : undefined;
      if (complaint !== undefined) yield { at: value, message: complaint };
    }
  }
}

function complaintAboutKey(key: string): string | undefined {
  if (key === '') return 'The key of this condition is empty.';
  if (KEYS.includes(key)) return undefined;
  const keyed = KEYED.find((it) => (it.endsWith('.') ? key.startsWith(it) : key === it || key.startsWith(`${it}[`)));
  if (keyed !== undefined)
    return /^[^[\]]+\[.+\]$/.test(key) ? undefined : `${quoted(key)} needs a name in brackets, as in "request.headers[user-agent]".`;
  if (RETIRED.test(key)) return `Conditions on ${quoted(key)} are gone; the selector of the policy says where it applies.`;
  return `${quoted(key)} is nothing that a condition can go by.`;
}

/** Whether a source or an operation has none of its fields, or empty ones only. */
function isNothing(resource: Resource, node: YamlNode, fields: readonly string[]): boolean {
  return (
    node.type === 'map' &&
    !node.partial &&
    !node.entries.some((it) => it.keyOpaque || (fields.includes(it.key) && isSet(node, it.key))) &&
    isWhole(resource)
  );
}
