import { displayHost, serviceHost, serviceOfHost } from '../../../model/hosts.js';
import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { canonicalHost } from '../hosts.js';
import { hostInView, ownersOfHost, serviceNames, someHostUnder } from '../lookups.js';

export const unknownEgressHost = defineRule({
  id: 'istio/unknown-egress-host',
  title: 'Sidecar imports a host that nothing defines',
  severity: 'warning',
  category: 'reference',
  peers: ['KIA1004'],
  effect: 'This entry imports nothing.',
  why: 'With egress hosts a proxy knows only what they import. A host that nothing defines, or a short name, imports nothing, and calls to the service that was meant are treated as calls to outside the mesh.',
  remedy: 'Write the namespace, a slash, and the full name of the host: "payments/payment.payments.svc.cluster.local".',
  otherTools: 'Kiali looks for short names in the namespace of the Sidecar; Istio does not complete them.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: ["./crat.shop.svc.cluster.local"] }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: ["./cart.shop.svc.cluster.local"] }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['Sidecar'],
  reads: { someHostUnder, ownersOfHost, hostInView, serviceNames },

  *check({ resource, read }) {
    for (const node of resource.root.list('spec.egress.*.hosts.*')) {
      const written = node.text();
      const slash = written?.indexOf('/') ?? -1;
      if (written === undefined || slash < 0) continue;
      const place = written.slice(0, slash);
      const name = written.slice(slash + 1);
      if (name === '' || name === '*' || place.startsWith('~')) continue;
      if (name.startsWith('*')) {
        const isOwn = serviceOfHost(name)?.namespace === resource.namespace;
        if (!isOwn && read.hostInView(name) !== 'external' && !read.someHostUnder(name))
          yield { at: node, certainty: 'unseen', message: `No Service or ServiceEntry has a host that "${name}" covers.` };
        continue;
      }
      const namespace = place === '*' || place === '.' ? resource.namespace : place;
      const host = canonicalHost(name, namespace);
      const exists = read.ownersOfHost(host).length > 0;
      if (!name.includes('.')) {
        if (!exists) {
          const near = nearest(name, read.serviceNames(namespaceKey(namespace)));
          const view = read.hostInView(host);
          if (view === 'external') continue;
          yield {
            at: node,
            certainty: near !== undefined ? 'near' : view,
            message: `No Service or ServiceEntry defines "${displayHost(host)}"${near === undefined ? '' : ` ("${near}" exists)`}.`,
          };
        } else yield { at: node, peers: [], message: `"${name}" is not a full name, so it matches no host.`, data: `${place}/${host}` };
        continue;
      }
      if (exists) continue;
      const view = read.hostInView(host);
      if (view === 'external') continue;
      const service = serviceOfHost(host);
      const near = service && nearest(service.name, read.serviceNames(namespaceKey(service.namespace)));
      // Kiali completes "cart.shop" and "cart.shop.svc"; proxies do not.
      const [, shortName, shortPlace] = /^([^.]+)\.([^.]+)(?:\.svc)?$/.exec(name) ?? [];
      const completed = shortName === undefined || shortPlace === undefined ? undefined : serviceHost(shortName, shortPlace);
      yield {
        at: node,
        certainty: near !== undefined ? 'near' : view,
        ...(completed !== undefined && read.ownersOfHost(completed).length > 0 && { peers: [] }),
        message: `No Service or ServiceEntry defines "${displayHost(host)}"${near === undefined ? '' : ` ("${near}" exists)`}.`,
        ...(near !== undefined && { data: `${place}/${name.replace(service!.name, near)}` }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = resource.root.list('spec.egress.*.hosts.*').find((it) => it.start === problem.at.start);
    const host = problem.data as string | undefined;
    if (node === undefined || host === undefined || host.includes('?')) return [];
    return [{ title: `Change to "${host}"`, preferred: true, edits: [replaceValue(text, node, host)] }];
  },
});
