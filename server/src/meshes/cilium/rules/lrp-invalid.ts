import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { addressIn } from '../addresses.js';
import { hasItems } from '../policy.js';

const EFFECT = 'Cilium rejects this policy, and nothing is redirected.';

export const lrpInvalid = defineRule({
  id: 'cilium/lrp-invalid',
  title: 'Local redirect that does not fit together',
  severity: 'error',
  category: 'schema',
  effect: EFFECT,
  why: 'A CiliumLocalRedirectPolicy redirects one address or one Service of its own namespace. With several ports each needs a name, by which front and back are matched; with one, both ends have the same protocol, TCP or UDP.',
  remedy: 'Make the two ends fit.',
  example: {
    bad: redirect('serviceMatcher: { serviceName: kube-dns, namespace: default }'),
    good: redirect('serviceMatcher: { serviceName: kube-dns, namespace: kube-system }'),
  },
  replaces: ['schema/one-of', 'schema/pattern', 'schema/unknown-value', 'schema/required-field'],

  kinds: ['CiliumLocalRedirectPolicy'],
  reads: {},

  *check({ resource }) {
    const front = resource.root.get('spec.redirectFrontend');
    const frontKey = resource.root.map('spec')?.entry('redirectFrontend')?.keyRange;
    if (front?.type === 'map' && frontKey && !front.partial) {
      const [address, service] = [front.entry('addressMatcher'), front.entry('serviceMatcher')];
      if (address && service)
        yield {
          at: service.keyRange,
          message: '"addressMatcher" and "serviceMatcher" stand in one policy.',
          related: [{ at: address.keyRange, message: '"addressMatcher" is here' }],
        };
      if (!address && !service) yield { at: frontKey, message: 'This policy names neither an address nor a Service to redirect from.' };
    }
    const place = front?.get('serviceMatcher.namespace');
    const namespace = place?.text();
    if (place && namespace !== undefined && resource.namespace !== undefined && namespace !== resource.namespace)
      yield {
        at: place,
        message: `The Service is in "${namespace}", and this policy in "${resource.namespace}".`,
        data: resource.namespace,
      };
    const ip = front?.get('addressMatcher.ip');
    if (ip?.text() !== undefined && addressIn(ip.text()!) === undefined) yield { at: ip, message: `"${ip.text()}" is no address.` };

    const ports = front?.map('addressMatcher')?.entry('toPorts');
    if (ports?.value.type === 'list' && !hasItems(ports.value))
      yield { at: ports.keyRange, message: 'The address needs a port to redirect from, and "toPorts" is empty.' };

    const fronts = [...(front?.list('addressMatcher.toPorts.*') ?? []), ...(front?.list('serviceMatcher.toPorts.*') ?? [])];
    const backs = resource.root.list('spec.redirectBackend.toPorts.*');
    // One port that needs a name makes all of them need one.
    const needNames = fronts.length > 1 || backs.length > 1;
    for (const end of [fronts, backs]) {
      for (const port of end) {
        yield* complaints(port);
        if (needNames && port.type === 'map' && !port.partial && !port.has('name'))
          yield { at: port.get('port') ?? port, message: 'Where there are several ports, each needs a name.' };
      }
    }
    const [only, back] = [fronts[0], backs[0]];
    const [written, wanted] = [only?.get('protocol'), back?.text('protocol')];
    if (
      fronts.length === 1 &&
      backs.length === 1 &&
      written?.text() !== undefined &&
      wanted !== undefined &&
      written.text() !== wanted &&
      isProtocol(wanted) &&
      isProtocol(written.text()!)
    )
      yield { at: written, message: `The front is ${written.text()} and the back is ${wanted}.`, data: wanted };
  },

  fix({ resource, problem, text }) {
    const node = [
      ...resource.root.list('spec.redirectFrontend.serviceMatcher.namespace'),
      ...resource.root.list('spec.redirectFrontend.*.toPorts.*.protocol'),
    ].find((it) => it.start === problem.at.start);
    return node && typeof problem.data === 'string'
      ? [{ title: `Change to ${problem.data}`, edits: [replaceValue(text, node, problem.data)] }]
      : [];
  },
});

function* complaints(port: YamlNode): Generator<{ at: YamlNode; message: string }> {
  const [number, protocol] = [port.get('port'), port.get('protocol')];
  const written = number?.text();
  if (number && written !== undefined && !(/^[1-9]\d*$/.test(written) && Number(written) <= 65535))
    yield { at: number, message: `There is no port "${written}"; use 1 to 65535.` };
  const name = protocol?.text();
  if (protocol && name !== undefined && !isProtocol(name))
    yield { at: protocol, message: `"${name}" is no protocol here; use TCP or UDP.` };
}

function isProtocol(text: string): boolean {
  return text === 'TCP' || text === 'UDP';
}

function redirect(front: string): string {
  return `
apiVersion: cilium.io/v2
kind: CiliumLocalRedirectPolicy
metadata: { name: nodelocaldns, namespace: kube-system }
spec:
  redirectFrontend: { ${front} }
  redirectBackend:
    localEndpointSelector: { matchLabels: { k8s-app: node-local-dns } }
    toPorts: [{ port: "53", name: dns, protocol: UDP }]
`;
}
