import { namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import type { Range } from '../../../text/range.js';
import type { YamlNode } from '../../../yaml/node.js';
import { secretsNamed, pickedWorkloads } from '../../kubernetes/lookups.js';
import { allGateways, gateways, gatewaysByName, gatewaysIn, gatewaysOnPort } from '../tables.js';
import { isOpen, istioKind, labelsAt, textsAt } from './shared.js';

export const gateway = istioKind('networking', 'Gateway', ['v1', 'v1beta1', 'v1alpha3'], ['gw'], (resource, emit) => {
  const { root, namespace } = resource;
  const selectorMap = root.map('spec.selector');
  const selector = labelsAt(root, 'spec.selector') ?? {};
  if (selectorMap && Object.keys(selector).length > 0) emit.refer(pickedWorkloads, `*/${selectorText(selector)}`, selectorMap);
  for (const credential of root.list('spec.servers.*.tls.credentialName')) {
    const name = credential.text();
    // The workload's namespace decides, which facts of this document alone cannot know; most gateways live beside their workload.
    if (name !== undefined && name !== '')
      emit.refer(secretsNamed, name.includes('/') ? name : `${namespaceKey(namespace)}/${name}`, credential);
  }
  if (resource.name === '') return;
  const facts = {
    name: resource.name,
    namespace,
    selector,
    servers: root.list('spec.servers.*').map((server) => ({
      port: server.number('port.number'),
      protocol: server.text('port.protocol'),
      bind: server.text('bind'),
      hosts: textsAt(server, 'hosts'),
      hostsRange: rangeAt(server.get('hosts')),
      tlsMode: server.text('tls.mode'),
      hasTls: server.has('tls'),
      credentialName: server.text('tls.credentialName'),
      serverCertificate: server.text('tls.serverCertificate'),
      privateKey: server.text('tls.privateKey'),
      httpsRedirect: server.boolean('tls.httpsRedirect') === true,
    })),
    incomplete: isOpen(resource, 'spec.servers', 'spec.selector'),
  };
  const at = root.get('metadata.name')!;
  emit.define(gateways, `${namespaceKey(namespace)}/${resource.name}`, at, facts);
  emit.define(gatewaysByName, resource.name, at, facts);
  emit.define(gatewaysIn, namespaceKey(namespace), at, facts);
  emit.define(allGateways, '', at, facts);
  for (const port of new Set(facts.servers.map((server) => server.port ?? 0))) emit.define(gatewaysOnPort, String(port), at, facts);
});

function rangeAt(node: YamlNode | undefined): Range | undefined {
  return node && { start: node.start, end: node.end };
}
