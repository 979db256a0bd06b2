import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { changeToNear, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

export const exposePathInvalid = defineRule({
  id: 'consul/expose-path-invalid',
  title: 'Exposed path that Consul does not take',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Paths that are served without mutual TLS begin with a slash, and are spoken in http or http2.',
  remedy: 'Begin the path with "/", and use http or http2.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec:
  expose:
    paths:
    - { path: health, localPathPort: 8080, listenerPort: 21500 }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec:
  expose:
    paths:
    - { path: /health, localPathPort: 8080, listenerPort: 21500 }
`,
  },

  kinds: ['ServiceDefaults', 'ProxyDefaults'],
  reads: {},

  *check({ resource }) {
    for (const item of resource.root.list('spec.expose.paths.*')) {
      const path = item.get('path');
      const written = path?.text();
      if (path && written !== undefined && written !== '' && !written.startsWith('/'))
        yield { at: path, message: `Path "${shown(written)}" does not begin with "/".`, data: `/${written}` };
      yield* unknownValue(item.get('protocol'), ['http', 'http2'], 'protocol for exposed paths');
    }
  },

  fix: changeToNear,
});
