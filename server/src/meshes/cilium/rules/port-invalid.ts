import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { allEntries, POLICY_KINDS } from '../policy.js';
import { ciliumSettings, type CiliumSettings } from '../settings.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP', 'ANY'];
/** Protocols without ports, with the minor that brought them. */
const EXTENDED: Readonly<Record<string, number>> = { VRRP: 19, IGMP: 19, GRE: 20, IPIP: 20, IPV6: 20, ESP: 20, AH: 20 };

export const portInvalid = defineRule({
  id: 'cilium/port-invalid',
  title: 'Port, range or protocol that cannot be read',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `A port is a number from 0 (all) to 65535, as text, or the name of a container port: up to 15 letters, digits and single "-", with a letter among them. A range goes from a number up to another. ${WHY_REJECTED}`,
  remedy: 'Write a port, and one of the protocols that Cilium knows.',
  example: {
    bad: policyWith('  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "70000", protocol: TCP }] }] }]'),
    good: policyWith('  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "7000", protocol: TCP }] }] }]'),
  },
  replaces: ['schema/pattern', 'schema/unknown-value', 'schema/out-of-range', 'schema/required-field'],

  kinds: POLICY_KINDS,
  reads: { ciliumSettings },

  *check({ resource, read }) {
    const options = read.ciliumSettings();
    for (const port of allEntries(resource).flatMap((it) => it.node.list('toPorts.*.ports.*'))) {
      if (port.type !== 'map' || port.partial) continue;
      const [portNode, endNode, protocolNode] = [port.get('port'), port.get('endPort'), port.get('protocol')];
      const protocol = protocolNode?.text();
      const isExtended = protocol !== undefined && Object.hasOwn(EXTENDED, protocol);
      if (portNode === undefined && !(isExtended && options.extendedIpProtocols))
        yield { at: port.entries[0]?.keyRange ?? port, message: 'This item has no "port".' };
      const written = portNode?.text();
      const isNumber = written !== undefined && isPortNumber(written);
      if (portNode && written !== undefined && !isNumber && !isPortName(written))
        yield {
          at: portNode,
          message: `${/^\d+$/.test(written) ? `There is no port ${written}` : `"${written}" is no name of a port`}; use 0 to 65535, or a name of up to 15 letters, digits and "-".`,
        };
      if (portNode && isExtended && written !== undefined && Number(written) !== 0)
        yield { at: portNode, message: `${protocol} has no ports.` };

      const end = endNode?.number();
      if (endNode && end !== undefined) {
        if (end > 65535 || end < 0) yield { at: endNode, message: `There is no port ${end}; use 1 to 65535.` };
        else if (written !== undefined && !isNumber && isPortName(written) && end !== 0)
          yield { at: endNode, message: `A range begins with a number, and "${written}" is a name.` };
        else if (isNumber && end !== 0 && end < Number(written))
          yield { at: endNode, message: `The range ends at ${end}, before it begins at ${written}.` };
      }

      const complaint = protocol === undefined ? undefined : complaintAboutProtocol(protocol, options);
      if (protocolNode && complaint !== undefined) {
        const near = nearest(protocol!, PROTOCOLS) ?? null;
        yield { at: protocolNode, message: complaint, data: near };
      }
    }
  },

  fix({ resource, problem, text }) {
    const near = problem.data;
    const node = allEntries(resource)
      .flatMap((it) => it.node.list('toPorts.*.ports.*.protocol'))
      .find((it) => it.start === problem.at.start);
    return node && typeof near === 'string'
      ? [{ title: `Change to ${near}`, preferred: true, edits: [replaceValue(text, node, near)] }]
      : [];
  },
});

function complaintAboutProtocol(protocol: string, { minor, extendedIpProtocols }: CiliumSettings): string | undefined {
  if (PROTOCOLS.includes(protocol)) return undefined;
  const since = Object.hasOwn(EXTENDED, protocol) ? EXTENDED[protocol]! : undefined;
  if (since === undefined) return `"${protocol}" is no protocol; use TCP, UDP, SCTP or ANY.`;
  if (minor < since) return `Cilium knows ${protocol} from 1.${since} on, and these manifests are for 1.${minor}.`;
  return extendedIpProtocols || since < 20
    ? undefined
    : `${protocol} needs the extended protocols to be turned on (cilium.extendedIPProtocols).`;
}

function isPortNumber(text: string): boolean {
  return /^(0[0-7]*|[1-9]\d*)$/.test(text) && (text.startsWith('0') ? Number.parseInt(text, 8) : Number(text)) <= 65535;
}

function isPortName(text: string): boolean {
  return text.length <= 15 && /^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/.test(text) && /[a-zA-Z]/.test(text);
}
