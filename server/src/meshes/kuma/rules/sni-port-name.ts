import { defineRule, type Problem } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';

export const sniPortName = defineRule({
  id: 'kuma/sni-port-name',
  title: 'A part of the server name of a service has a dot or is too long',
  severity: 'warning',
  category: 'semantics',
  effect: 'Requests from other zones do not find the service.',
  why: 'Between zones, proxies choose the service by a server name that is made of its name, its port and its zone, with dots between. A dot within a part, or a part of more than 63 characters, cannot be read again.',
  remedy: 'Give the port another name; for a zone, label the object with a name without dots.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshService
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  selector: { dataplaneTags: { app: cart } }
  ports: [{ name: http.web, port: 80 }]
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshService
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  selector: { dataplaneTags: { app: cart } }
  ports: [{ name: http-web, port: 80 }]
`,
  },

  kinds: ['MeshService', 'MeshMultiZoneService', 'MeshExternalService'],
  reads: {},

  // The name of the object, rule name-rfc1035 looks at.
  *check({ resource }) {
    yield* part(resource.root.map('metadata.labels')?.entry('kuma.io/zone')?.value, 'The name of a zone');
    for (const port of resource.root.list('spec.ports.*')) yield* part(port.get('name'), 'The name of a port');
  },
});

function* part(node: YamlNode | undefined, what: string): Iterable<Problem> {
  const text = node?.text();
  if (node === undefined || text === undefined) return;
  if (text.includes('.')) yield { at: node, message: `${what} that other zones call cannot have a dot, as "${text}" has.` };
  else if (text.length > 63)
    yield { at: node, message: `${what} that other zones call has at most 63 characters; this has ${text.length}.` };
}
