import { displayHost } from '../../../model/hosts.js';
import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { removeItem } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { canonicalHost } from '../hosts.js';
import { namespaceNames } from '../../kubernetes/lookups.js';
import { defaultExportTo } from '../mesh-config.js';
import { rivalPorts } from '../service-entries.js';
import { isLabelledAmbient } from '../ambient.js';
import { importsOf } from '../sidecar-scope.js';
import { serviceEntryHosts, serviceEntryHostsFolded } from '../tables.js';
import { quotedList } from '../words.js';

export const duplicateServiceEntry = defineRule({
  id: 'istio/duplicate-service-entry',
  title: 'Two ServiceEntries for the same port of a host',
  severity: 'warning',
  category: 'pitfall',
  peers: ['KIA1211'],
  effect: 'Their endpoints are mixed, or one is ignored.',
  why: 'Istio keeps one service for each host and namespace. What two ServiceEntries say about the same port is merged where it can be, and otherwise the older one counts.',
  remedy: 'Keep it in one of them, or narrow exportTo.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  resolution: DNS
  ports: [{ number: 443, name: https, protocol: HTTPS }]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: partners, namespace: shop }
spec:
  hosts: [partner.example.com, api.example.com]
  resolution: DNS
  ports: [{ number: 443, name: https, protocol: HTTPS }]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  resolution: DNS
  ports: [{ number: 443, name: https, protocol: HTTPS }]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: partners, namespace: shop }
spec:
  hosts: [partner.example.com]
  resolution: DNS
  ports: [{ number: 443, name: https, protocol: HTTPS }]
`,
  },

  kinds: ['ServiceEntry'],
  reads: { serviceEntryHosts, serviceEntryHostsFolded, defaultExportTo, importsOf, isLabelledAmbient, namespaceNames },

  *check({ resource, read, stated }) {
    for (const { host, port, protocol, others, shareAView, times } of rivalPorts({ resource, read, stated })) {
      // Where protocols differ, that is what is wrong: istio/conflicting-service-entry-protocol.
      if (others.some((it) => it.protocol !== protocol)) continue;
      if (others.length === 0) {
        yield {
          at: port.get('number')!,
          message: `"${host}" is listed ${times === 2 ? 'twice' : `${times} times`}, and so is its port ${port.number('number')}.`,
          effect: 'One of them is left out.',
          data: host,
        };
        continue;
      }
      const names = [...new Set(others.map((it) => displayName({ namespace: it.entry.data.namespace, name: it.entry.data.entry })))].sort();
      yield {
        at: port.get('number')!,
        peers: shareAView ? ['KIA1211'] : [],
        message: `ServiceEntry ${quotedList(names)} ${names.length === 1 ? 'defines' : 'define'} port ${port.number('number')} of "${host}", too.`,
        related: others.map((it) => ({ at: it.entry, message: `"${it.entry.data.entry}" names the same host` })),
      };
    }
  },

  fix({ resource, problem, text }) {
    const list = resource.root.get('spec.hosts');
    const host = problem.data as string | undefined;
    if (host === undefined || list?.type !== 'list') return [];
    const isIt = (it: YamlNode): boolean => canonicalHost(it.text() ?? '', resource.namespace).toLowerCase() === host.toLowerCase();
    const edit = removeItem(text, list, list.items.map(isIt).lastIndexOf(true));
    return edit ? [{ title: `Remove the last "${displayHost(host)}"`, edits: [edit] }] : [];
  },
});
