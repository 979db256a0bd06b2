import { namespaceKey, type Resource } from '../../../model/resource.js';
import { labelsIn, selectorText, toLabels } from '../../../model/selectors.js';
import { defineRule, type Fix } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';
import { pickedWorkloads } from '../../kubernetes/lookups.js';
import { servicePortIn } from '../../kubernetes/kinds/services.js';
import { services, workloadKey, type ServicePort } from '../../kubernetes/tables.js';
import { injectionOf, isControlPlane, isIstioManaged } from '../injection.js';
import { protocolOf } from '../protocols.js';
import { namespaceUsesIstio } from '../usage.js';

/** What Kiali takes for a protocol in a port's name. */
const KIALI_PROTOCOLS: readonly string[] = ['grpc', 'grpc-web', 'http', 'http2', 'https', 'mongo', 'redis', 'tcp', 'tls', 'udp', 'mysql'];

/** What usually speaks on a port. */
const USUAL: Readonly<Record<number, string>> = {
  443: 'https',
  8443: 'https',
  50051: 'grpc',
  5432: 'tcp',
  6379: 'tcp',
  9092: 'tcp',
  5672: 'tcp',
  4222: 'tcp',
};

export const portProtocolGuessed = defineRule({
  id: 'istio/port-protocol-guessed',
  title: 'Service port does not say its protocol',
  severity: 'info',
  category: 'semantics',
  peers: ['IST0118', 'KIA0601', 'KIA0602'],
  effect: 'Where Istio takes it for TCP, HTTP routes and policies do not apply.',
  why: 'Istio reads the protocol of a port from appProtocol or from the first part of its name ("http-web"). Otherwise it looks at the first bytes of each connection; protocols in which the server speaks first, and what it does not recognize, are treated as TCP.',
  remedy: 'Set appProtocol, or begin the name with the protocol.',
  otherTools: 'Kiali looks only at Services whose pods are in the mesh.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  ports: [{ name: web, port: 8080 }]
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  ports: [{ name: http-web, port: 8080 }]
`,
  },

  kinds: ['Service'],
  reads: { namespaceUsesIstio, pickedWorkloads, injectionOf },

  *check({ resource, read, stated }) {
    if (stated(services)?.data.ports.every((it) => isClear(it, resource)) === true) return;
    const labels = toLabels(resource.labels);
    if (isControlPlane(labels) || isIstioManaged(labels) || resource.root.text('spec.type') === 'ExternalName') return;
    if (!read.namespaceUsesIstio(namespaceKey(resource.namespace))) return;
    let inMesh: boolean | undefined;
    for (const port of portsOf(resource)) {
      const facts = servicePortIn(port);
      if (isOpaque(port)) continue;
      if (isClear(facts, resource)) continue;
      const protocol = protocolOf(facts);
      const code = kialiCodeOf(facts, resource);
      const written = facts.appProtocol ?? facts.name;
      inMesh ??= isInMesh(resource);
      const kiali = inMesh ? code : undefined;
      if (protocol !== undefined) {
        if (kiali !== undefined)
          yield {
            at: port.get(facts.appProtocol !== undefined ? 'appProtocol' : 'name') ?? port.get('port') ?? port,
            severity: 'hint',
            peers: [kiali],
            message:
              facts.appProtocol !== undefined || protocol !== 'tcp'
                ? `"${written ?? ''}" is a protocol for Istio, and none for Kiali.`
                : `Nothing names the protocol of port ${facts.number ?? ''}, which Istio takes for TCP.`,
            effect: 'Traffic is the same.',
            data: facts.appProtocol !== undefined ? 'appProtocol' : 'name',
          };
        continue;
      }
      yield {
        at: port.get(facts.appProtocol !== undefined ? 'appProtocol' : 'name') ?? port.get('port') ?? port,
        peers: kiali === undefined ? ['IST0118'] : ['IST0118', kiali],
        message:
          written === undefined
            ? `Port ${facts.number ?? ''} has no name, so nothing tells its protocol.`.replace('Port  ', 'This port ')
            : facts.appProtocol !== undefined
              ? `appProtocol "${written}" is no protocol that Istio knows.`
              : `Port name "${written}" names no protocol.`,
        data: facts.appProtocol !== undefined ? 'appProtocol' : 'name',
      };
    }

    function isInMesh({ root, namespace }: Resource): boolean {
      const selector = labelsIn(root.map('spec.selector'));
      if (Object.keys(selector).length === 0) return false;
      return read
        .pickedWorkloads(`${namespaceKey(namespace)}/${selectorText(selector)}`)
        .some((it) => ['injected', 'ambient'].includes(read.injectionOf(workloadKey(it.data)).state));
    }
  },

  fix({ resource, problem, text }) {
    const port = portsOf(resource).find((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    if (!port) return [];
    const { number, name, appProtocol } = servicePortIn(port);
    const protocol = (number === undefined ? undefined : USUAL[number]) ?? protocolOf(servicePortIn(port)) ?? 'http';
    if (appProtocol !== undefined)
      return [{ title: `Change to appProtocol: ${protocol}`, edits: [replaceValue(text, port.get('appProtocol')!, protocol)] }];
    const fixes: Fix[] = [];
    if (name !== undefined && name.length + protocol.length < 63)
      fixes.push({ title: `Rename to "${protocol}-${name}"`, edits: [replaceValue(text, port.get('name')!, `${protocol}-${name}`)] });
    fixes.push({ title: `Set appProtocol: ${protocol}`, edits: [insertEntry(text, port, 'appProtocol', protocol)] });
    return fixes;
  },
});

function portsOf({ root }: Resource): readonly YamlMap[] {
  return root.list('spec.ports.*').filter((it): it is YamlMap => it.type === 'map');
}

function isOpaque(port: YamlMap): boolean {
  const isHidden = (node: YamlNode | undefined): boolean => node?.type === 'scalar' && node.opaque;
  return port.partial || ['name', 'appProtocol', 'protocol', 'port'].some((it) => isHidden(port.get(it)));
}

/** Whether Istio and Kiali both know the protocol of a port. */
function isClear(port: ServicePort, service: Resource): boolean {
  return protocolOf(port) !== undefined && kialiCodeOf(port, service) === undefined;
}

function kialiCodeOf(port: ServicePort, { labels }: Resource): string | undefined {
  return protocolOf(port) === 'udp' || labels.has('kiali_wizard') ? undefined : kialiCode(port.name, port.appProtocol);
}

function kialiCode(name: string | undefined, appProtocol: string | undefined): string | undefined {
  if (appProtocol !== undefined) {
    const lower = appProtocol.toLowerCase();
    return KIALI_PROTOCOLS.includes(lower) || ['kubernetes.io/h2c', 'kubernetes.io/ws', 'kubernetes.io/wss'].includes(lower)
      ? undefined
      : 'KIA0602';
  }
  const written = name ?? '';
  return KIALI_PROTOCOLS.some((it) => written === it || written.startsWith(`${it}-`)) ? undefined : 'KIA0601';
}
