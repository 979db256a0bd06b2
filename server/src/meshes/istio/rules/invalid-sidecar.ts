import { defineRule, type Problem } from '../../../rules/rule.js';
import type { Resource } from '../../../model/resource.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';
import { placeOfName } from '../places.js';
import { isPort, isUnixPath } from '../validation/addresses.js';
import { repairs, type Repair } from '../validation/repairs.js';
import {
  isSet,
  isSurelySet,
  isWhole,
  itemLacks,
  lacks,
  lacksItems,
  placeOfKey,
  placeOfLack,
  quoted,
  writtenText,
} from '../validation/values.js';

const LOCAL = ['', '127.0.0.1', '0.0.0.0', '::1', '::'];

export const invalidSidecar = defineRule({
  id: 'istio/invalid-sidecar',
  title: 'Sidecar with listeners that cannot be',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Each listener has a port of its own; one without port stands for all other ports and comes last. What a listener takes goes to the workload itself, at an address of the pod or a socket.',
  remedy: 'Correct the listener.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress:
  - hosts: []
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress:
  - hosts: [./*]
`,
  },

  kinds: ['Sidecar'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const spec = root.map('spec');
    if (!spec || !isWhole(resource)) return;
    if (
      lacks(resource, spec, 'outboundTrafficPolicy', 'inboundConnectionPool') &&
      lacksItems(resource, spec, 'ingress') &&
      lacksItems(resource, spec, 'egress')
    ) {
      yield { at: placeOfName(resource), message: 'This Sidecar configures nothing.' };
      return;
    }
    yield* repeatedPorts(root.list('spec.ingress.*'));
    yield* repeatedPorts(root.list('spec.egress.*'));
    yield* repeatedSockets(root.list('spec.egress.*'));
    for (const listener of root.list('spec.ingress.*')) {
      if (listener.type !== 'map') continue;
      yield* targetPortProblem(listener);
      const port = listener.get('port');
      if (itemLacks(port, 'number')) yield { at: placeOfKey(root, listener, 'port'), message: 'This port has no number.' };
      const at = listener.get('defaultEndpoint');
      const endpoint = writtenText(at);
      if (at && endpoint !== undefined && endpoint !== '' && !isLocalEndpoint(endpoint))
        yield { at, message: `${quoted(endpoint)} is no port or socket of the pod itself, as "127.0.0.1:8080" is.` };
    }
    yield* egressProblems(resource);
    const policy = spec.map('outboundTrafficPolicy');
    const mode = policy?.has('mode') ? policy.text('mode') : 'REGISTRY_ONLY';
    const proxy = policy?.entry('egressProxy');
    if (proxy && policy && isSurelySet(policy, 'egressProxy')) {
      if (mode !== undefined && mode !== 'ALLOW_ANY')
        yield {
          at: proxy.keyRange,
          message: `"egressProxy" needs mode ALLOW_ANY, and this is ${mode}.`,
          data: [{ set: 'mode', value: 'ALLOW_ANY', of: 'egressProxy' }, { remove: 'egressProxy' }] satisfies readonly Repair[],
        };
      if (lacks(resource, proxy.value, 'port'))
        yield { at: proxy.keyRange, message: 'The proxy that unknown traffic goes to needs a port.' };
    }
  },

  fix: repairs,
});

function* egressProblems(resource: Resource): Generator<Problem> {
  const { root } = resource;
  const list = root.get('spec.egress');
  const listeners = root.list('spec.egress.*');
  for (const [i, listener] of listeners.entries()) {
    if (listener.type !== 'map') continue;
    if (listener.has('hosts') && lacksItems(resource, listener, 'hosts'))
      yield { at: placeOfKey(root, listener, 'hosts'), message: 'This listener reaches no hosts; "~/*" says so on purpose.' };
    if (lacks(resource, listener, 'port') && i < listeners.length - 1 && !(list?.type === 'list' && list.partial))
      yield { at: placeOfLack(root, listener), message: 'A listener without port stands for all others and comes last.' };
    yield* targetPortProblem(listener);
    const number = listener.get('port.number');
    const bind = listener.text('bind') ?? '';
    if (itemLacks(listener.get('port'), 'number') && !isOpaque(listener.get('bind')) && !bind.startsWith('unix://'))
      yield { at: placeOfKey(root, listener, 'port'), message: 'This port has no number, and the listener is on no socket.' };
    if (!isSet(listener, 'port') || (number?.number() ?? 0) !== 0 || number?.number() === undefined) continue;
    const mode = listener.get('captureMode');
    if (bind.startsWith('unix://') && mode?.text() === 'IPTABLES')
      yield { at: mode, message: 'Nothing captures the traffic of a socket.', data: { remove: 'captureMode' } };
  }
}

function* targetPortProblem(listener: YamlMap): Generator<Problem> {
  const target = listener.map('port')?.entry('targetPort');
  if (target && (target.value.number() ?? 0) > 0)
    yield { at: target.keyRange, message: 'A listener of a Sidecar has no target port.', data: { remove: 'targetPort' } };
}

function* repeatedPorts(listeners: readonly YamlNode[]): Generator<Problem> {
  const seen = new Map<number, YamlNode>();
  for (const at of listeners.flatMap((it) => it.list('port.number'))) {
    const number = at.number();
    if (number === undefined || number === 0) continue;
    const first = seen.get(number);
    if (first) yield { at, message: `Another listener has port ${number}.`, related: [{ at: first, message: 'it has it here' }] };
    else seen.set(number, at);
  }
}

/** Listeners on sockets have no port that tells them apart. */
function* repeatedSockets(listeners: readonly YamlNode[]): Generator<Problem> {
  const seen = new Map<string, YamlNode>();
  for (const at of listeners.flatMap((it) => it.list('bind'))) {
    const socket = writtenText(at);
    if (!socket?.startsWith('unix://')) continue;
    const first = seen.get(socket);
    if (first) yield { at, message: `Another listener is on ${quoted(socket)}.`, related: [{ at: first, message: 'it is here' }] };
    else seen.set(socket, at);
  }
}

function isOpaque(node: YamlNode | undefined): boolean {
  return node?.type === 'scalar' && node.opaque;
}

function isLocalEndpoint(endpoint: string): boolean {
  if (endpoint.startsWith('unix://')) return isUnixPath(endpoint.slice('unix://'.length));
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*)):(\d+)$/.exec(endpoint) ?? [];
  return port !== undefined && isPort(Number(port)) && LOCAL.includes(bracketed ?? plain ?? '');
}
