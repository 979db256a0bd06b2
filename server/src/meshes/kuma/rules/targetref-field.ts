import { defineRule, type Problem } from '../../../rules/rule.js';
import type { YamlMap } from '../../../yaml/node.js';
import { removeEntry } from '../../../yaml/edit.js';
import { quotedList } from '../../../text/words.js';
import { controlPlane } from '../control-plane.js';
import { allowedKinds } from '../places.js';
import { fieldFacts, hasList, policyFacts, POLICY_KINDS, REMOVED_FIELDS, targetRefsOf, type TargetRef } from '../target-refs.js';
import { headOf, isHidden } from '../validation/values.js';

export const targetrefField = defineRule({
  id: 'kuma/targetref-field',
  title: 'A targetRef has fields that do not go with its kind',
  severity: 'error',
  category: 'schema',
  effect: 'Kuma refuses the policy.',
  why: 'Each kind that a targetRef may have takes certain fields: "Mesh" none at all, "Dataplane" labels or a name, "MeshService" a name or labels.',
  remedy: 'Remove the field, or add the one that is missing.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Mesh, name: default }
  to:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Mesh }
  to:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
`,
  },

  kinds: POLICY_KINDS,
  reads: { controlPlane },

  *check({ resource, read }) {
    const plane = read.controlPlane();
    const isInbound = hasList(resource, 'from') || hasList(resource, 'rules');
    const gatewayTags = policyFacts(resource.kind, plane.version)?.gatewayTags ?? false;
    for (const ref of targetRefsOf(resource)) {
      const { kind, node } = ref;
      const facts = kind === undefined ? undefined : fieldFacts(kind, plane.version);
      if (kind === undefined || facts === undefined || node.type !== 'map' || isHidden(node)) continue;
      // A kind that may not stand here is a problem of its own.
      if (allowedKinds(resource, ref, plane)?.includes(kind) !== true) continue;

      const isLacking = facts.needs.length > 0 && !facts.needs.some((it) => node.has(it));
      if (isLacking) yield lack(ref, node, kind, facts.needs);
      const removed = plane.version === '3.0' && !isLacking ? REMOVED_FIELDS : [];
      for (const field of [...facts.forbidden, ...removed]) {
        if (!node.has(field)) continue;
        const because = removed.includes(field) ? 'Version 3 has no' : `A targetRef of kind "${kind}" takes no`;
        yield {
          at: node.entry(field)!.keyRange,
          message: `${because} "${field}"${removed.includes(field) ? ' in a targetRef' : ''}.`,
          data: { field },
        };
      }
      if (facts.labelsAlone && node.has('labels') && (node.has('name') || node.has('namespace')))
        yield {
          at: node.entry('labels')!.keyRange,
          message: `"labels" and ${quotedList(['name', 'namespace'].filter((it) => node.has(it)))} exclude each other.`,
          data: { field: 'labels' },
        };
      if (ref.place === 'top' && kind === 'Dataplane' && node.has('sectionName') && !isInbound)
        yield {
          at: node.entry('sectionName')!.keyRange,
          message: 'A Dataplane takes "sectionName" only in a policy for what comes in, with "rules" or "from".',
          data: { field: 'sectionName' },
        };
      if (plane.version === '2.14') yield* values(node, kind, gatewayTags, ref.place);
    }
  },

  fix({ resource, problem, text }) {
    const data = problem.data as { field?: string } | undefined;
    const ref = targetRefsOf(resource).find(
      ({ node }) => node.start <= problem.at.start && problem.at.start < node.end && node.type === 'map',
    );
    const removal = data?.field === undefined || ref?.node.type !== 'map' ? undefined : removeEntry(text, ref.node, data.field);
    return removal === undefined ? [] : [{ title: `Remove "${data!.field!}"`, edits: [removal] }];
  },
});

function lack({ place, holder }: TargetRef, node: YamlMap, kind: string, fields: readonly string[]): Problem {
  const at = node.has('name')
    ? node.entry('name')!.keyRange
    : place === 'backend'
      ? headOf(node, 'kind')
      : headOf(holder, place === 'mirror' ? 'backendRef' : 'targetRef');
  const needed = fields.map((it) => `"${it}"`).join(' or ');
  return { at, message: `A targetRef of kind "${kind}" needs ${needed}${node.has('name') ? '; version 3 has no "name"' : ''}.` };
}

/** What Kuma itself writes in the place of a backend that it cannot find. */
const UNRESOLVED = 'kuma.io/unresolved-backend';

/** Texts that names, tags and types of proxies may have. */
function* values(node: YamlMap, kind: string, gatewayTags: boolean, place: TargetRef['place']): Iterable<Problem> {
  const name = node.get('name');
  const text = name?.text();
  const isStandIn = place === 'backend' && text === UNRESOLVED;
  if (name !== undefined && text !== undefined && !isStandIn && !/^[0-9a-z.\-_]*$/.test(text))
    yield { at: name, message: `"${text}" is no name: it takes lower-case letters, digits, ".", "-" and "_".` };
  const types = node.get('proxyTypes');
  if (types?.type === 'list' && types.items.length === 0 && !types.partial && (kind === 'Mesh' || kind === 'MeshSubset'))
    yield {
      at: node.entry('proxyTypes')!.keyRange,
      message: '"proxyTypes" cannot be empty; without it, all types count.',
      data: { field: 'proxyTypes' },
    };
  const tags = node.map('tags');
  if (tags === undefined) return;
  if (kind === 'MeshGateway' && !gatewayTags) {
    yield { at: node.entry('tags')!.keyRange, message: 'This policy takes no "tags" of a MeshGateway.', data: { field: 'tags' } };
    return;
  }
  const mayBeAny = kind === 'MeshServiceSubset' || kind === 'MeshGateway';
  for (const { key, keyRange, keyOpaque, value } of tags.entries) {
    const written = value.text();
    if (!keyOpaque && !/^[a-zA-Z0-9.\-_:/]+$/.test(key)) yield { at: keyRange, message: `"${key}" cannot be the name of a tag.` };
    if (written !== undefined && !/^[a-zA-Z0-9.\-_:]+$/.test(written) && !(mayBeAny && written === '*'))
      yield { at: value, message: `"${written}" cannot be the value of a tag.` };
  }
}
