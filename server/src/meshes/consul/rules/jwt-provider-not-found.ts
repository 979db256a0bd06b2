import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { nearest } from '../../../text/nearest.js';
import { changeToNear } from '../fields.js';
import { allJwtProviders, jwtProviders } from '../tables.js';

export const jwtProviderNotFound = defineRule({
  id: 'consul/jwt-provider-not-found',
  title: 'Provider of tokens that nothing defines',
  severity: 'warning',
  category: 'reference',
  effect: 'What asks for its tokens is not accepted.',
  why: 'A token is checked by the keys of its JWTProvider. Intentions that name another one are refused by the servers, and listeners and routes are not accepted.',
  remedy: 'Correct the name, or write the JWTProvider.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: RouteAuthFilter
metadata: { name: login, namespace: shop }
spec: { jwt: { providers: [{ name: ipd }] } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: JWTProvider
metadata: { name: idps, namespace: consul }
spec:
  issuer: https://idp.example.com
  jsonWebKeySet:
    remote: { uri: https://idp.example.com/jwks }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: RouteAuthFilter
metadata: { name: login, namespace: shop }
spec: { jwt: { providers: [{ name: idp }] } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: JWTProvider
metadata: { name: idp, namespace: consul }
spec:
  issuer: https://idp.example.com
  jsonWebKeySet:
    remote: { uri: https://idp.example.com/jwks }
`,
  },

  kinds: ['ServiceIntentions', 'GatewayPolicy', 'RouteAuthFilter'],
  reads: { jwtProviders, allJwtProviders },

  *check({ resource, read }) {
    const told = new Set<string>();
    for (const path of ['spec.jwt', 'spec.sources.*.permissions.*.jwt', 'spec.override.jwt', 'spec.default.jwt'])
      for (const node of resource.root.list(`${path}.providers.*.name`)) {
        const name = node.text();
        if (name === undefined || name === '' || told.has(name) || read.jwtProviders(name).length > 0) continue;
        told.add(name);
        const near = nearest(
          name,
          read.allJwtProviders('').map((it) => it.data.name),
        );
        yield {
          at: node,
          certainty: near === undefined ? 'owned' : 'near',
          message: `No JWTProvider "${shown(name)}" is in this workspace${near === undefined ? '' : ` ("${near}" is)`}.`,
          ...(near !== undefined && {
            data: near,
            related: read.jwtProviders(near).map((it) => ({ at: it, message: `JWTProvider "${near}" is defined here` })),
          }),
        };
      }
  },

  fix: changeToNear,
});
