import type { Resource } from '../../../model/resource.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { quoteIfNeeded, replaceValue } from '../../../yaml/edit.js';
import { isFqdn, isWildDomain } from '../validation/names.js';
import { isHttpProtocol, isTcpProtocol, isTlsProtocol, knownProtocol } from '../validation/ports.js';
import { repairs, type Repair } from '../validation/repairs.js';
import {
  isSurelySet,
  isWhole,
  itemLacks,
  knownEntries,
  lacksItems,
  placeOfKey,
  placeOfLack,
  quoted,
  writtenText,
} from '../validation/values.js';

const DYNAMIC_PROTOCOLS = ['HTTP', 'HTTP2', 'GRPC', 'TLS'];

export const invalidServiceEntry = defineRule({
  id: 'istio/invalid-service-entry',
  title: 'ServiceEntry whose hosts, ports or endpoints do not fit its resolution',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'The resolution says where addresses come from, and with it what else makes sense: DNS needs names without wildcards to look up, DYNAMIC_DNS wildcards and protocols that name the host, and several hosts can share a port only where requests say which one they are for.',
  remedy: 'Change the resolution, or what does not fit it.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: ["*.example.com"]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: DNS
`,
    good: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: ["*.example.com"]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: NONE
`,
  },

  kinds: ['ServiceEntry'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const spec = root.map('spec');
    const resolution = root.has('spec.resolution') ? root.text('spec.resolution') : 'NONE';
    if (!spec || spec.partial || resolution === undefined || !isWhole(resource)) return;
    const hosts = spec.list('hosts.*');
    const ports = spec.list('ports.*');
    switch (resolution) {
      case 'NONE':
        if (spec.map('workloadSelector'))
          yield {
            at: spec.entry('workloadSelector')!.keyRange,
            severity: 'warning',
            peers: ['IST0133'],
            message: 'With resolution NONE, calls go to the address that the client asks for.',
            effect: 'The workloads selected here are not used.',
            data: [
              { set: 'resolution', value: 'STATIC', of: 'workloadSelector' },
              { remove: 'workloadSelector' },
            ] satisfies readonly Repair[],
          };
        return;
      case 'DNS':
      case 'DNS_ROUND_ROBIN':
        for (const at of lacksItems(resource, spec, 'endpoints') ? hosts : []) {
          const host = writtenText(at);
          if (host !== undefined && isWildDomain(host) && !isFqdn(host))
            yield {
              at,
              message: `DNS cannot look up ${quoted(host)}, and there are no endpoints.`,
              data: { resolution: 'NONE' },
            };
        }
        break;
      case 'DYNAMIC_DNS':
        for (const at of hosts) {
          const host = writtenText(at);
          if (host !== undefined && !host.startsWith('*'))
            yield {
              at,
              message: `DYNAMIC_DNS is for wildcards, and ${quoted(host)} is none.`,
              ...(hosts.every((it) => writtenText(it)?.startsWith('*') === false) && { data: { resolution: 'DNS' } }),
            };
        }
        for (const field of ['addresses', 'endpoints'])
          if (isSurelySet(spec, field))
            yield { at: spec.entry(field)!.keyRange, message: `With DYNAMIC_DNS there can be no "${field}".`, data: { remove: field } };
        for (const port of ports) {
          const at = port.get('protocol');
          const protocol = at?.text();
          if (itemLacks(port, 'protocol') || protocol === '')
            yield { at: placeOfKey(root, port, 'protocol'), message: 'DYNAMIC_DNS needs a protocol: HTTP, HTTP2, GRPC or TLS.' };
          else if (at && protocol !== undefined && knownProtocol(protocol) && !DYNAMIC_PROTOCOLS.includes(knownProtocol(protocol)!))
            yield { at, message: `DYNAMIC_DNS needs HTTP, HTTP2, GRPC or TLS, and this is ${protocol}.` };
        }
        if (root.text('spec.location') === 'MESH_INTERNAL') {
          const waypoint = root.map('metadata.labels')?.entry('istio.io/use-waypoint')?.value;
          const name = waypoint?.text();
          if (waypoint && name !== undefined && name !== '' && name.toLowerCase() !== 'none')
            yield {
              at: waypoint,
              message: 'An entry with DYNAMIC_DNS inside the mesh cannot use a waypoint.',
              data: { remove: 'istio.io/use-waypoint' },
            };
        }
    }
    yield* endpointProblems(resource, resolution);
    const list = spec.get('hosts');
    if (list?.type !== 'list' || list.partial || list.items.length < 2) return;
    const addressed = isSurelySet(spec, 'addresses');
    for (const port of ports) {
      const written = port.has('protocol') ? port.text('protocol') : '';
      if (written === undefined || (port.type === 'map' && port.partial)) continue;
      const protocol = knownProtocol(written) ?? (written === '' ? '' : undefined);
      if (protocol === undefined) continue;
      const at = port.get('protocol') ?? placeOfLack(root, port);
      if (!isHttpProtocol(protocol) && !isTlsProtocol(protocol))
        yield {
          at,
          message: `Several hosts cannot share a ${protocol === '' ? 'port without protocol' : `${protocol} port`}: nothing tells them apart.`,
        };
      else if (addressed && isTcpProtocol(protocol) && resolution.startsWith('DNS'))
        yield {
          at,
          severity: 'warning',
          peers: ['IST0133'],
          message: `Several hosts share the addresses of this entry, and its port is ${protocol}.`,
          effect: 'Calls to the address reach one of the hosts only.',
        };
    }
  },

  fix(context) {
    const { resource, problem, text } = context;
    const { resolution } = (problem.data ?? {}) as { resolution?: string };
    const { rename } = (problem.data ?? {}) as { rename?: string };
    if (rename !== undefined)
      return [
        {
          title: `Rename to "${rename}"`,
          edits: [{ range: { start: problem.at.start, end: problem.at.end }, text: quoteIfNeeded(rename) }],
        },
      ];
    if (resolution === undefined) return repairs(context);
    const node = resource.root.get('spec.resolution');
    return node ? [{ title: `Set resolution: ${resolution}`, edits: [replaceValue(text, node, resolution)] }] : [];
  },
});

function* endpointProblems(resource: Resource, resolution: string): Generator<Problem> {
  const { root } = resource;
  const ports = root.list('spec.ports.*');
  const list = root.get('spec.ports');
  const isOpen = ports.some((it) => it.text('name') === undefined) || (list !== undefined && (list.type !== 'list' || list.partial));
  const names = new Set(ports.flatMap((it) => it.text('name') ?? []));
  for (const endpoint of root.list('spec.endpoints.*')) {
    const address = endpoint.get('address');
    if (address?.text()?.startsWith('unix://') && resolution === 'STATIC' && ports.length !== 1 && !isOpen)
      yield { at: address, message: `A socket serves one port, and this entry has ${ports.length}.` };
    for (const { key, keyRange } of isOpen ? [] : knownEntries(endpoint.get('ports'))) {
      if (names.has(key)) continue;
      const free = [...names].filter((it) => !endpoint.has(`ports.${it}`));
      const near = nearest(key, free) ?? (free.length === 1 ? free[0] : undefined);
      yield { at: keyRange, message: `This entry has no port ${quoted(key)}.`, ...(near !== undefined && { data: { rename: near } }) };
    }
  }
}
