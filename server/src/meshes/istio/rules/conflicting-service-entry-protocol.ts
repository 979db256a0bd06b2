import { repairs } from '../validation/repairs.js';
import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { namespaceNames } from '../../kubernetes/lookups.js';
import { defaultExportTo } from '../mesh-config.js';
import { rivalPorts } from '../service-entries.js';
import { isLabelledAmbient } from '../ambient.js';
import { importsOf } from '../sidecar-scope.js';
import { serviceEntryHosts, serviceEntryHostsFolded } from '../tables.js';
import { quotedList } from '../words.js';

export const conflictingServiceEntryProtocol = defineRule({
  id: 'istio/conflicting-service-entry-protocol',
  title: 'ServiceEntries give one port of a host different protocols',
  severity: 'warning',
  category: 'semantics',
  peers: ['IST0177', 'KIA1212'],
  effect: 'One wins, the other is ignored.',
  why: 'A port of a host has one listener, with one protocol. Where two ServiceEntries disagree, routes and policies of the other protocol do nothing.',
  remedy: 'Agree on one protocol, or narrow exportTo.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  resolution: DNS
  ports: [{ number: 8080, name: http, protocol: HTTP }]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api-tls, namespace: shop }
spec:
  hosts: [api.example.com]
  resolution: DNS
  ports: [{ number: 8080, name: tls, protocol: TLS }]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  resolution: DNS
  ports:
  - { number: 8080, name: http, protocol: HTTP }
  - { number: 8443, name: tls, protocol: TLS }
`,
  },

  kinds: ['ServiceEntry'],
  reads: { serviceEntryHosts, serviceEntryHostsFolded, defaultExportTo, importsOf, isLabelledAmbient, namespaceNames },

  *check({ resource, read, stated }) {
    for (const { host, port, protocol, others, shareAView } of rivalPorts({ resource, read, stated })) {
      const different = others.filter((it) => it.protocol !== protocol);
      if (different.length === 0) continue;
      const names = [
        ...new Set(different.map((it) => displayName({ namespace: it.entry.data.namespace, name: it.entry.data.entry }))),
      ].sort();
      yield {
        // istioctl compares hosts as they are written.
        peers: [...(different.some((it) => it.entry.data.host === host) ? ['IST0177'] : []), ...(shareAView ? ['KIA1212'] : [])],
        at: port.get('protocol') ?? port.get('number')!,
        message: `ServiceEntry ${quotedList(names)} ${names.length === 1 ? 'says' : 'say'} ${different[0]!.protocol || 'nothing'} for port ${port.number('number')} of "${host}", not ${protocol || 'nothing'}.`,
        related: different.map((it) => ({ at: it.entry, message: `"${it.entry.data.entry}" names the same host` })),
        ...(port.has('protocol') && different[0]!.protocol ? { data: { write: different[0]!.protocol, preferred: false } } : {}),
      };
    }
  },

  fix: repairs,
});
