import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { quotedList } from '../words.js';

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE'];

export const unknownMethod = defineRule({
  id: 'istio/unknown-method',
  title: 'Policy names an HTTP method that no request has',
  severity: 'warning',
  category: 'semantics',
  peers: ['KIA0102'],
  effect: 'This entry matches no request.',
  why: 'Methods are compared letter by letter with those of requests, which are written in capitals. gRPC calls are POST; the name of a gRPC method is a path.',
  remedy: 'Write the method as requests do; put "/package.Service/Method" under "paths".',
  otherTools: 'Kiali does not mind the case; Istio does.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
  - to: [{ operation: { methods: [FETCH] } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules:
  - to: [{ operation: { methods: [GET] } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  mentions: ['ethods'],
  kinds: ['AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    // Kiali reads "methods" only.
    const excluded = new Set(resource.root.list('spec.rules.*.to.*.operation.notMethods.*'));
    for (const node of methodsOf(resource.root)) {
      const written = node.text();
      if (written === undefined || isMethod(written)) continue;
      const upper = written.trim().toUpperCase();
      if (isMethod(upper)) {
        yield { at: node, peers: [], message: `Requests write this method "${upper}".`, data: upper };
        continue;
      }
      const near = nearest(upper, METHODS);
      yield {
        at: node,
        ...(excluded.has(node) && { peers: [] }),
        message: written.startsWith('/')
          ? `"${written}" is a path, not a method.`
          : `"${written}" is no HTTP method; use one of ${quotedList(METHODS, 'or').replaceAll('"', '')}.`,
        ...(near !== undefined && { data: near }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = methodsOf(resource.root).find((it) => it.start === problem.at.start);
    const method = problem.data as string | undefined;
    return node && method !== undefined ? [{ title: `Change to ${method}`, edits: [replaceValue(text, node, method)] }] : [];
  },
});

function methodsOf(root: YamlNode): readonly YamlNode[] {
  return root.list('spec.rules.*.to.*.operation').flatMap((it) => [...it.list('methods.*'), ...it.list('notMethods.*')]);
}

/** A method, or one cut short by `*` at one end. */
function isMethod(written: string): boolean {
  if (written === '*') return true;
  if (written.length > 1 && written.endsWith('*')) return METHODS.some((it) => it.startsWith(written.slice(0, -1)));
  if (written.length > 1 && written.startsWith('*')) return METHODS.some((it) => it.endsWith(written.slice(1)));
  return METHODS.includes(written);
}
