import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';

const REQUIRED = ['selectors', 'destinationCIDRs'];

export const egressgwInvalid = defineRule({
  id: 'cilium/egressgw-invalid',
  title: 'Egress gateway that lacks something, or says two things',
  severity: 'error',
  category: 'schema',
  effect: 'Cilium does not carry it out.',
  why: 'A CiliumEgressGatewayPolicy needs the pods, the networks and a node to leave by. The address to leave with is either given, by "egressIP", or that of an "interface".',
  remedy: 'Keep one of "egressIP" and "interface", and add what is missing.',
  example: {
    bad: gateway('{ nodeSelector: {}, interface: eth1, egressIP: 10.0.0.9 }'),
    good: gateway('{ nodeSelector: {}, egressIP: 10.0.0.9 }'),
  },
  replaces: ['schema/required-field'],

  kinds: ['CiliumEgressGatewayPolicy'],
  reads: {},

  *check({ resource }) {
    const spec = resource.root.entry('spec');
    if (resource.partial) return;
    if (spec === undefined || (spec.value.type === 'scalar' && spec.value.value === null && !spec.value.opaque)) {
      const at = resource.root.get('metadata.name');
      if (at && !resource.root.partial) yield { at, message: 'This policy has no "spec".' };
      return;
    }
    if (spec.value.type !== 'map') return;
    const { value } = spec;
    if (!value.partial) {
      for (const field of REQUIRED) if (!value.has(field)) yield { at: spec.keyRange, message: `This policy has no "${field}".` };
      if (!value.has('egressGateway') && !value.has('egressGateways'))
        yield { at: spec.keyRange, message: 'This policy has no "egressGateway".' };
    }
    for (const gateway of [...value.list('egressGateway'), ...value.list('egressGateways.*')]) {
      if (gateway.type !== 'map') continue;
      const single = value.entry('egressGateway');
      if (!gateway.partial && !gateway.has('nodeSelector'))
        yield {
          at: single?.value === gateway ? single.keyRange : gateway,
          message: 'This gateway has no "nodeSelector", and so no node to leave by.',
        };
      const [address, device] = [gateway.entry('egressIP'), gateway.entry('interface')];
      if (address && device && gateway.has('egressIP') && gateway.has('interface'))
        yield {
          at: address.keyRange.start > device.keyRange.start ? address.keyRange : device.keyRange,
          message: '"egressIP" and "interface" stand in one gateway, which takes one of them.',
          data: gateway.start,
        };
    }
  },

  fix({ resource, problem, text }) {
    const gateway = [...resource.root.list('spec.egressGateway'), ...resource.root.list('spec.egressGateways.*')].find(
      (it) => it.start === problem.data,
    );
    if (gateway?.type !== 'map') return [];
    return ['interface', 'egressIP'].flatMap((key) => {
      const edit = removeEntry(text, gateway, key);
      return edit ? [{ title: `Remove "${key}"`, edits: [edit] }] : [];
    });
  },
});

function gateway(node: string): string {
  return `
apiVersion: cilium.io/v2
kind: CiliumEgressGatewayPolicy
metadata: { name: partners }
spec:
  selectors: [{ podSelector: { matchLabels: { app: web } } }]
  destinationCIDRs: [192.0.2.0/24]
  egressGateway: ${node}
`;
}
