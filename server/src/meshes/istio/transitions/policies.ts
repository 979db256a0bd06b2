import { displayName, type Resource } from '../../../model/resource.js';
import { labelsIn, selects } from '../../../model/selectors.js';
import { defineTransition, type Revision } from '../../../rules/transition.js';
import type { YamlNode } from '../../../yaml/node.js';
import { counted } from '../../kubernetes/editor.js';
import { meshConfig } from '../mesh-config.js';
import { workloadsOf } from './mtls.js';

export const newDefaultDeny = defineTransition({
  id: 'istio/new-default-deny',
  title: 'A first ALLOW policy turns a workload into one that denies by default',
  severity: 'warning',
  effect: 'Every request that it does not name is refused from then on.',
  why: 'Without an ALLOW policy a workload takes every request. As soon as one applies, it takes only those that some ALLOW policy names.',
  remedy: 'See that it names every caller, or try it first with the annotation istio.io/dry-run.',
  example: {
    bad: `
# file: before/app.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart, image: cart }] } }
# file: after/app.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart, image: cart }] } }
# file: after/policy.yaml
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`,
    good: `
# file: before/app.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart, image: cart }] } }
# file: after/app.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart, image: cart }] } }
# file: after/policy.yaml
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop, annotations: { istio.io/dry-run: "true" } }
spec:
  selector: { matchLabels: { app: cart } }
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`,
  },

  *compare({ before, after }) {
    const denied = new Map<Resource, string[]>();
    for (const { resource, workload } of workloadsOf(after)) {
      const old = before.same(resource);
      if (old === undefined || allowing(before, old, workload.labels).length > 0) continue;
      const [policy] = allowing(after, resource, workload.labels);
      if (policy) denied.set(policy, [...(denied.get(policy) ?? []), displayName(resource)]);
    }
    for (const [policy, names] of denied) {
      const known = before.same(policy);
      const [first] = names;
      yield {
        in: 'after',
        resource: policy,
        at: policy.root.get('spec.action') ?? policy.root.get('metadata.name') ?? policy.root,
        message: `This is the first ALLOW policy of ${names.length === 1 ? `"${first}"` : `${counted(names.length, 'workload')} such as "${first}"`}.`,
        restores: known ? [known] : [],
        removes: known ? [] : [policy],
      };
    }
  },
});

/** ALLOW policies in force for a workload. */
function allowing(revision: Revision, workload: Resource, labels: Readonly<Record<string, string>>): readonly Resource[] {
  const { rootNamespace } = revision.look(workload.scope).get(meshConfig, '');
  return revision.resources('AuthorizationPolicy').filter((policy) => {
    if (policy.scope !== '' && workload.scope !== '' && policy.scope !== workload.scope) return false;
    if (policy.namespace !== workload.namespace && policy.namespace !== rootNamespace) return false;
    if ((policy.root.text('spec.action') ?? 'ALLOW') !== 'ALLOW' || policy.root.has('spec.targetRefs') || policy.root.has('spec.targetRef'))
      return false;
    if (policy.annotations.get('istio.io/dry-run') === 'true') return false;
    return selects(labelsIn(policy.root.map('spec.selector.matchLabels')), labels);
  });
}

export const broaderPrincipal = defineTransition({
  id: 'istio/broader-source',
  title: 'An ALLOW policy admits more callers than before',
  severity: 'warning',
  effect: 'They get access as soon as this is applied.',
  why: 'A wildcard in place of a name, or a rule that no longer asks who calls, opens what was closed. That is easily overlooked in a review.',
  remedy: 'Name the callers, or see that all of them are meant.',
  example: {
    bad: `
# file: before/policy.yaml
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }] }
# file: after/policy.yaml
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/*] } }] }] }
`,
    good: `
# file: before/policy.yaml
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/*] } }] }] }
# file: after/policy.yaml
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }] }
`,
  },

  *compare({ before, after }) {
    for (const policy of after.resources('AuthorizationPolicy')) {
      const old = before.same(policy);
      if (old === undefined || !isAllow(policy) || !isAllow(old)) continue;
      const rules = old.root.list('spec.rules.*');
      const asked = rules.length > 0 && rules.every((it) => it.has('from'));
      for (const rule of policy.root.list('spec.rules.*')) {
        if (rule.has('from') || !asked) continue;
        yield { in: 'after', resource: policy, at: rule, message: 'This rule no longer asks who calls.', restores: [old] };
      }
      for (const field of ['principals', 'namespaces', 'requestPrincipals', 'serviceAccounts']) {
        const known = sources(old, field).flatMap((it) => it.text() ?? []);
        for (const node of sources(policy, field)) {
          const value = node.text();
          if (value === undefined || known.includes(value) || known.some((it) => covers(it, value))) continue;
          const narrower = known.find((it) => covers(value, it));
          if (narrower === undefined) continue;
          yield {
            in: 'after',
            resource: policy,
            at: node,
            message: `"${value}" admits more callers than "${narrower}" did.`,
            restores: [old],
          };
        }
      }
    }
  },
});

function isAllow(policy: Resource): boolean {
  return (policy.root.text('spec.action') ?? 'ALLOW') === 'ALLOW';
}

function sources(policy: Resource, field: string): readonly YamlNode[] {
  return policy.root.list(`spec.rules.*.from.*.source.${field}.*`);
}

/** Whether a value with a `*` at one of its ends takes in another value. */
function covers(pattern: string, value: string): boolean {
  if (pattern === '*') return true;
  if (pattern.endsWith('*')) return value.startsWith(pattern.slice(0, -1));
  if (pattern.startsWith('*')) return value.endsWith(pattern.slice(1));
  return pattern === value;
}
