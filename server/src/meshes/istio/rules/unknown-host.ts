import { displayHost, serviceOfHost } from '../../../model/hosts.js';
import { namespaceKey } from '../../../model/resource.js';
import { defineRule, type Certainty, type Evidence } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { namespacesOfService } from '../../kubernetes/lookups.js';
import { servicesIn } from '../../kubernetes/tables.js';
import { canonicalHost } from '../hosts.js';
import { destinationsOf } from '../kinds/traffic.js';
import { hostInView, ownersOfHost, serviceNames } from '../lookups.js';

export const unknownHost = defineRule({
  id: 'istio/unknown-host',
  title: 'Route sends traffic to a host that nothing defines',
  severity: 'error',
  category: 'reference',
  peers: ['IST0101:host', 'KIA1101'],
  effect: 'Requests on this route get 503.',
  why: 'A proxy has clusters only for Services and ServiceEntries. For any other host it has no endpoints, and answers 503 itself.',
  remedy: 'Correct the name, write the full name of a Service in another namespace, or declare the host in a ServiceEntry.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: checkout, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - route:
    - destination: { host: chekcout }
---
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: checkout, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - route:
    - destination: { host: checkout }
---
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['VirtualService'],
  reads: { ownersOfHost, hostInView, serviceNames, servicesIn, namespacesOfService },

  *check({ resource, read }) {
    for (const { node, mirror } of destinationsOf(resource.root)) {
      const at = node.get('host');
      const written = at?.text();
      if (at === undefined || written === undefined || written === '') continue; // a template: we cannot know
      const host = canonicalHost(written, resource.namespace);
      if (read.ownersOfHost(host).length > 0) continue;
      const view = read.hostInView(host);
      if (view === 'external') continue;
      const service = serviceOfHost(host);
      // A Service of that name elsewhere is a problem of its own: istio/short-host-elsewhere.
      if (service && !written.includes('.') && read.namespacesOfService(written).length > 0) continue;
      const namespace = namespaceKey(service?.namespace);
      const near = service && nearest(service.name, read.serviceNames(namespace));
      const certainty: Certainty = near !== undefined ? 'near' : view;
      const related: Evidence[] =
        near === undefined
          ? []
          : read
              .servicesIn(namespace)
              .flatMap((it) => (it.data.name === near ? [{ at: it, message: `Service "${near}" is defined here` }] : []));
      const suggestion = near !== undefined && service ? { from: service.name, to: near } : undefined;
      yield {
        at,
        certainty,
        peers: mirror ? ['IST0101:mirror-host'] : ['IST0101:host', 'KIA1101'],
        message: `No Service or ServiceEntry${certainty === 'owned' ? ' in this workspace' : ''} defines "${displayHost(host)}"${near === undefined ? '' : ` ("${displayHost(host.replace(service!.name, near))}" exists)`}.`,
        ...(mirror && { effect: 'Mirrored requests go nowhere.' }),
        related,
        data: suggestion,
      };
    }
  },

  fix({ resource, problem, text }) {
    const suggestion = problem.data as { from: string; to: string } | undefined;
    const node = destinationsOf(resource.root)
      .map((it) => it.node.get('host'))
      .find((it) => it?.start === problem.at.start);
    const written = node?.text();
    if (suggestion === undefined || node === undefined || written === undefined) return [];
    const corrected = written.replace(suggestion.from, suggestion.to);
    return [{ title: `Change to "${corrected}"`, preferred: true, edits: [replaceValue(text, node, corrected)] }];
  },
});
