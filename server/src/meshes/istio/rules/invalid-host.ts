import type { Resource } from '../../../model/resource.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { isIp } from '../validation/addresses.js';
import { destinationNodes } from '../validation/destinations.js';
import { isFqdn, isLabel, isPartialWildcard, isWildDomain } from '../validation/names.js';
import { repairs } from '../validation/repairs.js';
import { isBoundToMesh } from '../validation/routes.js';
import { quoted, writtenText } from '../validation/values.js';

export const invalidHost = defineRule({
  id: 'istio/invalid-host',
  title: 'Host that is no DNS name, or has a star where none can be',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A host is a DNS name without scheme, port or path. A star stands for whole labels at its front: "*.example.com". Gateways take full names only, and in a Gateway or Sidecar a namespace can stand before the host, as in "shop/www.example.com".',
  remedy: 'Write a DNS name, with a star at most as its first label.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: ["https://www.example.com"]
  http:
  - redirect: { authority: shop.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - redirect: { authority: shop.example.com }
`,
  },

  kinds: ['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const ofMesh = isBoundToMesh(resource);
    switch (resource.kind) {
      case 'VirtualService':
        for (const at of root.list('spec.hosts.*')) {
          const host = writtenText(at);
          if (host === undefined || (!ofMesh && isPortName(host))) continue;
          if (host === '*' && ofMesh) yield { at, message: 'A VirtualService that applies in the mesh cannot take all hosts with "*".' };
          else if (!isWildDomain(host) && !isIp(host)) yield notAHost(at, host);
        }
        yield* destinationProblems(resource);
        return;
      case 'DestinationRule':
        for (const at of root.list('spec.host')) {
          const host = writtenText(at);
          if (host !== undefined && !isWildDomain(host)) yield notAHost(at, host);
        }
        for (const at of [
          ...root.list('spec.trafficPolicy.tunnel.targetHost'),
          ...root.list('spec.subsets.*.trafficPolicy.tunnel.targetHost'),
        ]) {
          const host = writtenText(at);
          if (host !== undefined && !isFqdn(host) && !isIp(host)) yield notAName(at, host);
        }
        return;
      case 'ServiceEntry':
        for (const at of root.list('spec.hosts.*')) {
          const host = writtenText(at);
          if (host === undefined || host === '*') continue; // The schema refuses a lone star.
          if (!isWildDomain(host)) yield notAHost(at, host);
          else if (isPartialWildcard(host) && !['DYNAMIC_DNS', undefined].includes(resolutionOf(root)))
            yield {
              at,
              severity: 'warning',
              peers: ['IST0133'],
              message: `The star of ${quoted(host)} is no label of its own.`,
              effect: 'It may not match as written.',
            };
        }
        return;
      case 'Gateway':
        for (const at of root.list('spec.servers.*.hosts.*')) yield* listenerHost(at, false);
        return;
      case 'Sidecar':
        for (const at of root.list('spec.egress.*.hosts.*')) yield* listenerHost(at, true);
        yield* destinationProblems(resource);
    }
  },

  fix: repairs,
});

/** `outbound_.80_._.cart.shop.svc.cluster.local`, by which gateways between clusters name a cluster. */
function isPortName(host: string): boolean {
  if (!host.startsWith('outbound_')) return false;
  const [, port, , ...name] = host.split('_');
  return /\d/.test(port ?? '') && /[a-z]/i.test(name.join('_'));
}

/** The resolution; undefined where a template hides it. */
function resolutionOf(root: YamlNode): string | undefined {
  return root.has('spec.resolution') ? root.text('spec.resolution') : 'NONE';
}

function* destinationProblems(resource: Resource): Generator<Problem> {
  for (const destination of destinationNodes(resource.root)) {
    const at = destination.get('host');
    const host = writtenText(at);
    if (!at || host === undefined) continue;
    if (resource.kind === 'Sidecar' && !isFqdn(host)) yield notAName(at, host);
    else if (host === '*') yield { at, message: 'A destination is one host, not all of them.' };
    else if (!isWildDomain(host)) yield notAHost(at, host);
  }
}

/** A host of a Gateway or a Sidecar, behind a namespace or not. */
function* listenerHost(at: YamlNode, ofSidecar: boolean): Generator<Problem> {
  const written = writtenText(at);
  if (written === undefined) return;
  const slash = written.indexOf('/');
  if (slash < 0 && ofSidecar) {
    yield { at, message: `${quoted(written)} has no namespace; write "namespace/host", or "*/host" for all.` };
    return;
  }
  const namespace = slash < 0 ? undefined : written.slice(0, slash);
  const host = written.slice(slash + 1);
  if (namespace === '' || host === '') {
    const lack = namespace === '' ? 'no namespace before' : 'no host behind';
    yield { at, message: `${quoted(written)} names ${lack} the slash.` };
    return;
  }
  if (namespace !== undefined && !isNamespace(namespace, ofSidecar)) {
    yield { at, message: `"${namespace}" is no namespace; a name, "." for the own one or "*" for all can stand there.` };
    return;
  }
  if (host === '*') return;
  if (!host.includes('.'))
    yield { at, message: `${quoted(host)} is a short name; a ${ofSidecar ? 'Sidecar' : 'Gateway'} takes full names only.` };
  else if (isPartialWildcard(host)) yield { at, message: `The star of ${quoted(host)} is no label of its own.` };
  else if (!isWildDomain(host) && (ofSidecar || !isIp(host))) yield notAHost(at, host);
}

function isNamespace(text: string, ofSidecar: boolean): boolean {
  // In a Sidecar "~" is no namespace, and in front of one takes it out.
  const name = ofSidecar && text.startsWith('~') ? text.slice(1) : text;
  return name === '*' || name === '.' || isLabel(name) || (name === '' && name !== text);
}

function notAHost(at: YamlNode, host: string): Problem {
  return problemOf(
    at,
    host,
    host === '' ? 'The host is empty.' : `${quoted(host)} is no DNS name, with or without a star as its first label.`,
  );
}

function notAName(at: YamlNode, host: string): Problem {
  return problemOf(at, host, host === '' ? 'The host is empty.' : `${quoted(host)} is no full DNS name or IP address.`);
}

function problemOf(at: YamlNode, host: string, message: string): Problem {
  const inner = /^[a-z][a-z0-9+.-]*:\/\/([^/:]+)(?::\d+)?\/?$/i.exec(host)?.[1];
  return { at, message, ...(inner !== undefined && isWildDomain(inner) && { data: { write: inner } }) };
}
