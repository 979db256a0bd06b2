import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { isPartOf } from '../gateways.js';
import { isSameResource } from '../hosts.js';
import { isOpen, labelsAt } from '../kinds/shared.js';
import { allGateways, type ServerFacts } from '../tables.js';
import { quotedList } from '../words.js';

export const duplicateGatewayCertificate = defineRule({
  id: 'istio/duplicate-gateway-certificate',
  title: 'Two Gateways of the same pods use one certificate',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0138'],
  effect: 'Browsers that reuse connections get 404.',
  why: 'With HTTP/2 a browser sends requests for a second host over an open connection if its certificate covers both. The connection belongs to the first Gateway, which has no routes for that host.',
  remedy: 'Use one Gateway, or two certificates.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: shop, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [shop.example.com]
    tls: { mode: SIMPLE, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: www, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [www.example.com]
    tls: { mode: SIMPLE, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: shop, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [shop.example.com, www.example.com]
    tls: { mode: SIMPLE, serverCertificate: /etc/certs/tls.crt, privateKey: /etc/certs/tls.key }
`,
  },

  kinds: ['Gateway'],
  reads: { allGateways },

  *check({ resource, read }) {
    const selector = labelsAt(resource.root, 'spec.selector') ?? {};
    const servers = resource.root.list('spec.servers.*').filter((it) => it.has('tls'));
    if (servers.length === 0 || isOpen(resource, 'spec.selector')) return;
    const others = read
      .allGateways('')
      .filter((it) => it.resource !== resource.id && !isSameResource(it.data, resource) && isPartOf(selector, it.data.selector));
    const told = new Set<string>();
    for (const server of servers) {
      const credential = server.text('tls.credentialName') ?? '';
      const certificate = server.text('tls.serverCertificate') ?? '';
      const key = server.text('tls.privateKey') ?? '';
      const at = server.get(credential === '' ? 'tls.serverCertificate' : 'tls.credentialName');
      if (at === undefined || (credential === '' && (certificate === '' || key === ''))) continue;
      const shared = others.filter((it) => it.data.servers.some((other) => usesTheSame(other, credential, certificate, key)));
      const names = [...new Set(shared.map((it) => displayName(it.data)))].filter((it) => !told.has(it)).sort();
      if (names.length === 0) continue;
      for (const name of names) told.add(name);
      yield {
        at,
        message: `Gateway ${quotedList(names)} ${names.length === 1 ? 'uses' : 'use'} the same certificate on the same pods.`,
        related: shared.map((it) => ({ at: it, message: `Gateway "${displayName(it.data)}" is defined here` })),
      };
    }
  },
});

function usesTheSame(server: ServerFacts, credential: string, certificate: string, key: string): boolean {
  if (!server.hasTls) return false;
  if (credential !== '') return server.credentialName === credential;
  return !server.credentialName && server.serverCertificate === certificate && server.privateKey === key;
}
