import { displayHost } from '../../../model/hosts.js';
import { defineRule } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { canonicalHost } from '../hosts.js';

export const tlsWithoutCa = defineRule({
  id: 'istio/tls-without-ca',
  title: 'TLS to a host without a CA to check its certificate',
  severity: 'info',
  category: 'policy',
  peers: ['IST0128', 'IST0129'],
  effect: 'A server with a private CA is refused.',
  why: 'With mode SIMPLE or MUTUAL the proxy originates TLS. Without caCertificates or a credential it knows only the CAs of the system; with insecureSkipVerify it checks nothing, and anyone in between can pose as the server.',
  remedy: 'Set caCertificates to the CA, or to "system" where a public one is meant.',
  otherTools: 'istioctl analyze says that such a certificate is not checked at all, which older versions of Istio did.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: api, namespace: shop }
spec:
  host: api.example.com
  trafficPolicy:
    tls:
      mode: SIMPLE
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  resolution: DNS
  ports: [{ number: 443, name: https, protocol: HTTPS }]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: api, namespace: shop }
spec:
  host: api.example.com
  trafficPolicy:
    tls:
      mode: SIMPLE
      caCertificates: system
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  resolution: DNS
  ports: [{ number: 443, name: https, protocol: HTTPS }]
`,
  },

  mentions: ['SIMPLE', 'MUTUAL'],
  kinds: ['DestinationRule'],
  reads: {},

  *check({ resource }) {
    const host = displayHost(canonicalHost(resource.root.text('spec.host') ?? '', resource.namespace));
    const selecting = resource.root.has('spec.workloadSelector');
    for (const { tls, peers } of tlsBlocks(resource.root)) {
      const mode = tls.get('mode');
      const written = mode?.text();
      if (mode === undefined || (written !== 'SIMPLE' && written !== 'MUTUAL') || (tls.type === 'map' && tls.partial)) continue;
      const authorities = tls.get('caCertificates');
      const isEmpty = authorities === undefined || !tls.has('caCertificates') || authorities.text() === '';
      const skip = tls.get('insecureSkipVerify');
      if (skip?.boolean() === true) {
        yield {
          at: skip,
          severity: 'warning',
          peers: isEmpty ? peers : [],
          message: `The certificate of "${host}" is not checked.`,
          effect: 'Anyone in between can pose as this host.',
          data: 'skip',
        };
        continue;
      }
      if (!isEmpty || (selecting && tls.has('credentialName'))) continue;
      yield { at: mode, peers, message: `The certificate of "${host}" is checked against the CAs of the system only.`, data: 'ca' };
    }
  },

  fix({ resource, problem, text }) {
    for (const { tls } of tlsBlocks(resource.root)) {
      const skip = tls.get('insecureSkipVerify');
      if (problem.data === 'skip' && skip?.start === problem.at.start)
        return [{ title: 'Set insecureSkipVerify to false', edits: [replaceValue(text, skip, false)] }];
      if (
        problem.data === 'ca' &&
        tls.type === 'map' &&
        tls.get('mode')?.start === problem.at.start &&
        !tls.entry('caCertificates') &&
        !tls.entry('credentialName')
      )
        return [{ title: 'Set caCertificates to "system"', edits: [insertEntry(text, tls, 'caCertificates', 'system', 'mode')] }];
    }
    return [];
  },
});

/** The TLS settings of a rule: its own, those of its ports, and those of its subsets, which istioctl does not read. */
function tlsBlocks(root: YamlNode): readonly { readonly tls: YamlNode; readonly peers: readonly string[] }[] {
  return [
    ...root.list('spec.trafficPolicy.tls').map((tls) => ({ tls, peers: ['IST0128'] })),
    ...root.list('spec.trafficPolicy.portLevelSettings.*.tls').map((tls) => ({ tls, peers: ['IST0129'] })),
    ...root.list('spec.subsets.*.trafficPolicy.tls').map((tls) => ({ tls, peers: [] })),
    ...root.list('spec.subsets.*.trafficPolicy.portLevelSettings.*.tls').map((tls) => ({ tls, peers: [] })),
  ];
}
