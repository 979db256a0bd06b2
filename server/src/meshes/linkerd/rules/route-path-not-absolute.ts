import { defineRule } from '../../../rules/rule.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { HTTP_ROUTES, linkerdParents } from '../references.js';
import { changeFixes } from '../suggestions.js';
import { POLICY_GROUP } from '../tables.js';

export const routePathNotAbsolute = defineRule({
  id: 'linkerd/route-path-not-absolute',
  title: 'Path that does not begin with a slash',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'Paths of requests begin with a slash, so nothing else can be equal to one or be its prefix.',
  remedy: 'Write a slash in front.',
  replaces: ['schema/condition', 'schema/pattern'],
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ matches: [{ path: { type: PathPrefix, value: api } }] }]
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ matches: [{ path: { type: PathPrefix, value: /api } }] }]
`,
  },

  kinds: HTTP_ROUTES,
  reads: { isMeshInUse },

  *check({ resource, read }) {
    if (resource.group !== POLICY_GROUP && linkerdParents(resource, () => read.isMeshInUse('linkerd')).length === 0) return;
    const { root } = resource;
    const nodes = [
      ...root
        .list('spec.rules.*.matches.*.path')
        .filter((it) => !it.has('type') || ['Exact', 'PathPrefix'].includes(it.text('type') ?? ''))
        .flatMap((it) => it.get('value') ?? []),
      ...['spec.rules.*.filters.*', 'spec.rules.*.backendRefs.*.filters.*'].flatMap((it) => [
        ...root.list(`${it}.requestRedirect.path.replaceFullPath`),
        ...root.list(`${it}.requestRedirect.path.replacePrefixMatch`),
      ]),
    ];
    for (const node of nodes) {
      const written = node.text();
      if (written === undefined || written.startsWith('/')) continue;
      yield { at: node, message: `"${written}" does not begin with "/".`, data: { values: [`/${written}`], isCertain: true } };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
