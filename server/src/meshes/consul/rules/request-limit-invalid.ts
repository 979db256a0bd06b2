import { defineRule } from '../../../rules/rule.js';
import type { Range } from '../../../text/range.js';
import type { YamlMap } from '../../../yaml/node.js';
import { changeToNear, type Finding, keyAt, lacks, specOf, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

export const requestLimitInvalid = defineRule({
  id: 'consul/request-limit-invalid',
  title: 'Limit for requests to the servers that cannot be',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A limit has the mode permissive, enforcing or disabled; rates of reading are 0 or more. Each category that is written needs a rate of writing above 0.',
  remedy: 'Write a writeRate above 0 wherever a category is.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ControlPlaneRequestLimit
metadata: { name: controlplanerequestlimit, namespace: consul }
spec:
  mode: permissive
  readRate: 100
  writeRate: 100
  kv: { readRate: 50 }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ControlPlaneRequestLimit
metadata: { name: controlplanerequestlimit, namespace: consul }
spec:
  mode: permissive
  readRate: 100
  writeRate: 100
  kv: { readRate: 50, writeRate: 50 }
`,
  },

  kinds: ['ControlPlaneRequestLimit', 'RateLimit'],
  reads: {},

  *check({ resource }) {
    const spec = specOf(resource);
    if (spec === undefined || spec.partial || resource.partial) return;
    if (resource.kind === 'RateLimit') {
      for (const field of ['readRate', 'writeRate']) {
        const node = spec.get(`config.${field}`);
        if (node && (node.number() ?? 0) < 0) yield { at: node, message: `"${field}" cannot be below 0.` };
      }
      for (const node of spec.list('config.excludeEndpoints.*'))
        if (node.text() === '') yield { at: node, message: 'The name of an endpoint is empty.' };
      return;
    }
    if (lacks(resource, spec, 'mode'))
      yield { at: keyAt(resource, 'spec'), message: 'The limit has no mode: permissive, enforcing or disabled.' };
    else yield* unknownValue(spec.get('mode'), ['permissive', 'enforcing', 'disabled'], 'mode of a limit');
    yield* rateFaults(spec, keyAt(resource, 'spec'));
    for (const { keyRange, value } of spec.entries) if (value.type === 'map' && !value.partial) yield* rateFaults(value, keyRange);
  },

  fix: changeToNear,
});

function* rateFaults(node: YamlMap, at: Range): Iterable<Finding> {
  const [read, write] = [node.get('readRate'), node.get('writeRate')];
  if (read && (read.number() ?? 0) < 0) yield { at: read, message: '"readRate" cannot be below 0.' };
  const isHidden = write?.type === 'scalar' && write.opaque;
  if (!isHidden && (write?.number() ?? 0) <= 0)
    yield { at: write && write.start < write.end ? write : at, message: '"writeRate" is above 0, also where it is left out.' };
}
