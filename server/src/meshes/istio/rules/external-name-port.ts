import { toLabels } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import type { YamlMap } from '../../../yaml/node.js';
import { servicePortIn } from '../../kubernetes/kinds/services.js';
import { isControlPlane, isIstioManaged } from '../injection.js';
import { protocolOf } from '../protocols.js';
import { namespaceUsesIstio } from '../usage.js';
import { namespaceKey } from '../../../model/resource.js';

export const externalNamePort = defineRule({
  id: 'istio/external-name-port',
  title: 'ExternalName Service with a port that Istio takes for TCP',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0150'],
  effect: 'Istio captures the port for every address, and other traffic on it may go astray.',
  why: 'An ExternalName Service has no address of its own. For a TCP port Istio therefore listens on that port for all addresses, and connections to anything else on the same port end up at this name.',
  remedy: 'Say the protocol in the name ("https-api", "tls-api") or in appProtocol, or leave the ports out.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec:
  type: ExternalName
  externalName: api.example.com
  ports: [{ name: api, port: 443 }]
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec:
  type: ExternalName
  externalName: api.example.com
  ports: [{ name: https-api, port: 443 }]
`,
  },

  mentions: ['ExternalName'],
  kinds: ['Service'],
  reads: { namespaceUsesIstio },

  *check({ resource, read }) {
    const labels = toLabels(resource.labels);
    if (resource.root.text('spec.type') !== 'ExternalName' || isControlPlane(labels) || isIstioManaged(labels)) return;
    if (!read.namespaceUsesIstio(namespaceKey(resource.namespace))) return;
    for (const port of resource.root.list('spec.ports.*')) {
      const name = port.get('name');
      if (port.type !== 'map' || port.partial || (name?.type === 'scalar' && name.opaque)) continue;
      const facts = servicePortIn(port);
      if (protocolOf(facts) !== undefined && facts.name !== 'tcp') continue;
      yield {
        at: name ?? port.get('port') ?? port,
        message:
          facts.name === undefined
            ? 'This port of an ExternalName Service has no name.'
            : `Port name "${facts.name}" leaves an ExternalName Service plain TCP.`,
      };
    }
  },

  fix({ resource, problem, text }) {
    const port = resource.root
      .list('spec.ports.*')
      .find((it): it is YamlMap => it.type === 'map' && it.start <= problem.at.start && problem.at.end <= it.end);
    if (!port) return [];
    const { name, number } = servicePortIn(port);
    const protocol = number === 443 || number === 8443 ? 'https' : 'http';
    const node = port.get('name');
    const fixed = name === undefined || name === 'tcp' ? protocol : `${protocol}-${name}`;
    return [
      node
        ? { title: `Rename to "${fixed}"`, edits: [replaceValue(text, node, fixed)] }
        : { title: `Name it "${fixed}"`, edits: [insertEntry(text, port, 'name', fixed)] },
    ];
  },
});
