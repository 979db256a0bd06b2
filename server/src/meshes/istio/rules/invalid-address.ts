import { defineRule, type Problem } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { isIp, isSubnet, isUnixPath } from '../validation/addresses.js';
import { isFqdn } from '../validation/names.js';
import { lacksText, quoted, writtenText } from '../validation/values.js';

const IP_FIELDS = ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'];
const IP_CONDITIONS = ['source.ip', 'remote.ip', 'destination.ip'];

export const invalidAddress = defineRule({
  id: 'istio/invalid-address',
  title: 'Address that is no IP address, range, socket or host name',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Addresses are IP addresses, or ranges such as 10.0.0.0/8 where several make sense; endpoints can also be sockets ("unix:///run/x.sock"), and host names where DNS resolves them.',
  remedy: 'Correct the address.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: STATIC
  endpoints: [{ address: api-1.example.com }]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  ports: [{ number: 80, name: http, protocol: HTTP }]
  resolution: STATIC
  endpoints: [{ address: 192.0.2.10 }]
`,
  },

  mentionsIn: {
    VirtualService: ['destinationSubnets'],
    Gateway: ['bind'],
    Sidecar: ['bind'],
    ServiceEntry: ['address'],
    WorkloadEntry: ['address'],
    AuthorizationPolicy: [...IP_FIELDS, ...IP_CONDITIONS],
  },
  kinds: ['VirtualService', 'Gateway', 'Sidecar', 'ServiceEntry', 'WorkloadEntry', 'AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    switch (resource.kind) {
      case 'VirtualService':
        for (const at of root.list('spec.*.*.match.*.destinationSubnets.*')) yield* rangeProblem(at);
        return;
      case 'Gateway':
        for (const at of root.list('spec.servers.*.bind')) yield* addressProblem(at, true, false);
        return;
      case 'Sidecar':
        for (const at of root.list('spec.ingress.*.bind')) yield* addressProblem(at, false, false);
        for (const listener of root.list('spec.egress.*')) {
          const at = listener.get('bind');
          if (at) yield* addressProblem(at, (listener.number('port.number') ?? 0) === 0, false);
        }
        return;
      case 'ServiceEntry': {
        for (const at of root.list('spec.addresses.*'))
          if (writtenText(at) === '') yield { at, message: 'This address is empty.' };
          else yield* rangeProblem(at);
        const resolution = root.text('spec.resolution');
        const isStatic = resolution === 'STATIC';
        if (!isStatic && resolution !== 'DNS' && resolution !== 'DNS_ROUND_ROBIN') return;
        for (const at of root.list('spec.endpoints.*.address')) yield* addressProblem(at, isStatic, !isStatic);
        return;
      }
      case 'WorkloadEntry':
        for (const at of root.list('spec.address')) {
          if (writtenText(at) === '' && lacksText(resource, root.map('spec'), 'network')) yield { at, message: 'This address is empty.' };
          else yield* addressProblem(at, true, true);
        }
        return;
      case 'AuthorizationPolicy':
        for (const source of root.list('spec.rules.*.from.*.source'))
          for (const field of IP_FIELDS) for (const at of source.get(field)?.list('*') ?? []) yield* rangeProblem(at);
        for (const condition of root.list('spec.rules.*.when.*')) {
          if (!IP_CONDITIONS.includes(condition.text('key') ?? '')) continue;
          for (const at of [...condition.list('values.*'), ...condition.list('notValues.*')]) yield* rangeProblem(at);
        }
    }
  },
});

function* rangeProblem(at: YamlNode): Generator<Problem> {
  const text = writtenText(at);
  // Emptiness has rules of its own.
  if (text !== undefined && text !== '' && !isSubnet(text)) yield { at, message: `${quoted(text)} is no IP address or range of them.` };
}

function* addressProblem(at: YamlNode, socketsToo: boolean, namesToo: boolean): Generator<Problem> {
  const text = writtenText(at);
  if (text === undefined || text === '') return;
  if (socketsToo && text.startsWith('unix://')) {
    if (!isUnixPath(text.slice('unix://'.length))) yield { at, message: `${quoted(text)} names no socket by an absolute path.` };
  } else if (!isIp(text) && !(namesToo && isFqdn(text)))
    yield { at, message: `${quoted(text)} is no IP address${namesToo ? ' or host name' : ''}.` };
}
