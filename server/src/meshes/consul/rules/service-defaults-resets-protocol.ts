import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { holds, keyAt, specOf } from '../fields.js';
import { HTTP_PROTOCOLS } from '../names.js';
import { allProxyDefaults } from '../tables.js';

export const serviceDefaultsResetsProtocol = defineRule({
  id: 'consul/service-defaults-resets-protocol',
  title: 'ServiceDefaults undoes the global protocol',
  severity: 'warning',
  category: 'semantics',
  effect: 'Routers and splitters for it are refused.',
  why: 'The protocol of ProxyDefaults is for services without ServiceDefaults. As soon as one exists, a service without a protocol in it is tcp, for routers, splitters and resolvers.',
  remedy: 'Repeat the protocol in the ServiceDefaults.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: consul }
spec: { config: { protocol: http } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { maxInboundConnections: 200 }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: consul }
spec: { config: { protocol: http } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http, maxInboundConnections: 200 }
`,
  },

  kinds: ['ServiceDefaults'],
  reads: { allProxyDefaults },

  *check({ resource, read }) {
    const spec = specOf(resource);
    // What a template fills in counts as held.
    if (resource.partial || spec?.partial === true || (spec && (holds(spec, 'protocol') || spec.has('destination')))) return;
    const [global] = read.allProxyDefaults('');
    const protocol = global?.data.protocol;
    if (!global || protocol === undefined || !HTTP_PROTOCOLS.includes(protocol)) return;
    yield {
      at: keyAt(resource, 'spec'),
      message: `Without a protocol here "${resource.name}" is tcp, not ${protocol} as in ProxyDefaults.`,
      related: [{ at: global, message: `ProxyDefaults "${global.data.name}" says ${protocol}` }],
      data: protocol,
    };
  },

  fix({ resource, problem, text }) {
    const protocol = problem.data as string;
    const spec = specOf(resource);
    return spec === undefined
      ? []
      : [{ title: `Set protocol: ${protocol}`, preferred: true, edits: [insertEntry(text, spec, 'protocol', protocol)] }];
  },
});
