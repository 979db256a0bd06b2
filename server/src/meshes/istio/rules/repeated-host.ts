import { hostsOverlap } from '../../../model/hosts.js';
import { defineRule } from '../../../rules/rule.js';
import { removeItem } from '../../../yaml/edit.js';
import { isIp } from '../validation/addresses.js';
import { isWildDomain } from '../validation/names.js';
import { quoted, writtenText } from '../validation/values.js';

export const repeatedHost = defineRule({
  id: 'istio/repeated-host',
  title: 'Host that another one of the same VirtualService covers',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Each host has one set of routes, so that Istio refuses a list in which two hosts meet: the same one twice, or a wildcard and a host below it.',
  remedy: 'Keep the wider host.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: ["*.example.com", www.example.com]
  http:
  - redirect: { authority: shop.example.org }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: ["*.example.com"]
  http:
  - redirect: { authority: shop.example.org }
`,
  },

  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const hosts = resource.root.list('spec.hosts.*').flatMap((at) => {
      const host = writtenText(at);
      return host === undefined ? [] : [{ at, host }];
    });
    // One bad name keeps Istio from looking for more; it has a rule of its own.
    if (!hosts.every(({ host }) => isWildDomain(host) || isIp(host))) return;
    for (const [i, { at, host }] of hosts.entries()) {
      const other = hosts.slice(0, i).find((it) => hostsOverlap(it.host, host));
      if (other)
        yield {
          at,
          message: other.host === host ? `${quoted(host)} is here twice.` : `${quoted(host)} and ${quoted(other.host)} overlap.`,
          related: [{ at: other.at, message: 'the other one is here' }],
        };
    }
  },

  fix({ resource, problem, text }) {
    const list = resource.root.get('spec.hosts');
    if (list?.type !== 'list') return [];
    const index = list.items.findIndex((it) => it.start === problem.at.start);
    const own = list.items[index]?.text();
    const other = list.items.slice(0, index).find((it) => hostsOverlap(it.text() ?? '', own ?? ''));
    if (own === undefined || other === undefined) return [];
    // The one that takes less goes.
    const wider = own.startsWith('*') && !(other.text()?.startsWith('*') && other.text()!.length < own.length);
    const gone = wider && own !== other.text() ? list.items.indexOf(other) : index;
    const edit = removeItem(text, list, gone);
    return edit ? [{ title: `Remove "${list.items[gone]!.text()}"`, preferred: true, edits: [edit] }] : [];
  },
});
