import type { Resource } from '../../../model/resource.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { isPort } from '../validation/addresses.js';
import { destinationNodes } from '../validation/destinations.js';
import { lacks, placeOfLack, quoted, writtenText } from '../validation/values.js';

export const invalidPort = defineRule({
  id: 'istio/invalid-port',
  title: 'Number that is no port',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Ports are 1 to 65535. Only a listener on a Unix socket has port 0, and in an AuthorizationPolicy ports are numbers, never names.',
  remedy: 'Write the number of the port.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - redirect: { authority: shop.example.com, port: 80443 }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - redirect: { authority: shop.example.com, port: 8443 }
`,
  },

  mentionsIn: { DestinationRule: ['tunnel'], AuthorizationPolicy: ['ports', 'notPorts', 'destination.port'] },
  kinds: ['VirtualService', 'Gateway', 'Sidecar', 'DestinationRule', 'AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    if (resource.kind === 'VirtualService' || resource.kind === 'Sidecar') yield* destinationProblems(resource);
    switch (resource.kind) {
      case 'VirtualService':
        for (const path of ['spec.*.*.match.*.port', 'spec.http.*.redirect.port'])
          yield* problems(root.list(path).filter((it) => it.number() !== 0));
        return;
      case 'DestinationRule':
        yield* problems(root.list('spec.trafficPolicy.tunnel.targetPort'));
        yield* problems(root.list('spec.subsets.*.trafficPolicy.tunnel.targetPort'));
        return;
      case 'Gateway':
      case 'Sidecar':
        for (const listener of [...root.list('spec.servers.*'), ...root.list('spec.ingress.*'), ...root.list('spec.egress.*')])
          yield* listenerProblems(listener);
        return;
      case 'AuthorizationPolicy':
        for (const path of ['spec.rules.*.to.*.operation.ports.*', 'spec.rules.*.to.*.operation.notPorts.*'])
          for (const at of root.list(path)) yield* portTextProblem(at);
        for (const condition of root.list('spec.rules.*.when.*')) {
          if (condition.text('key') !== 'destination.port') continue;
          for (const at of [...condition.list('values.*'), ...condition.list('notValues.*')]) yield* portTextProblem(at);
        }
    }
  },
});

function* destinationProblems(resource: Resource): Generator<Problem> {
  for (const destination of destinationNodes(resource.root)) {
    const port = destination.get('port');
    if (port?.type !== 'map') continue;
    if (lacks(resource, port, 'number')) yield { at: placeOfLack(resource.root, port), message: 'This port has no number.' };
    const problem = problemOf(port.get('number'));
    if (problem) yield problem;
  }
}

function* listenerProblems(listener: YamlNode): Generator<Problem> {
  const at = listener.get('port.number');
  const bind = listener.get('bind');
  if (!at || (bind?.type === 'scalar' && bind.opaque)) return;
  const onSocket = bind?.text()?.startsWith('unix://') === true;
  if (!onSocket) yield* problems([at]);
  else if ((at.number() ?? 0) !== 0) yield { at, message: 'A listener on a Unix socket has port 0.' };
}

function problems(nodes: readonly (YamlNode | undefined)[]): readonly Problem[] {
  return nodes.flatMap((it) => problemOf(it) ?? []);
}

function problemOf(at: YamlNode | undefined): Problem | undefined {
  const number = at?.number();
  // The schema holds numbers below 0 against it.
  if (at === undefined || number === undefined || number < 0 || isPort(number)) return undefined;
  return { at, message: `${number} is no port; ports are 1 to 65535.` };
}

function* portTextProblem(at: YamlNode): Generator<Problem> {
  const text = writtenText(at);
  if (text === undefined || text === '' || (/^\+?\d+$/.test(text) && Number(text) <= 65535)) return;
  yield { at, message: `${quoted(text)} is no number of a port.` };
}
