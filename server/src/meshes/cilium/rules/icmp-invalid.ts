import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { allEntries, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

const BOTH = 'EchoReply DestinationUnreachable TimeExceeded ParameterProblem EchoRequest RouterAdvertisement'.split(' ');
const TYPES: Readonly<Record<string, readonly string[]>> = {
  IPv4: [
    ...BOTH,
    ...'Redirect Echo RouterSelection Timestamp TimestampReply Photuris ExtendedEchoRequest'.split(' '),
    'ExtendedEcho Reply',
  ],
  IPv6: [
    ...BOTH,
    ...'PacketTooBig MulticastListenerQuery MulticastListenerReport MulticastListenerDone RouterSolicitation NeighborSolicitation'.split(
      ' ',
    ),
    ...'NeighborAdvertisement RedirectMessage RouterRenumbering ICMPNodeInformationQuery ICMPNodeInformationResponse'.split(' '),
    ...'InverseNeighborDiscoverySolicitation InverseNeighborDiscoveryAdvertisement HomeAgentAddressDiscoveryRequest'.split(' '),
    ...'HomeAgentAddressDiscoveryReply MobilePrefixSolicitation MobilePrefixAdvertisement'.split(' '),
    ...'DuplicateAddressRequestCodeSuffix DuplicateAddressConfirmationCodeSuffix'.split(' '),
  ],
};

export const icmpInvalid = defineRule({
  id: 'cilium/icmp-invalid',
  title: 'Kind of ICMP message that does not exist',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `A type of ICMP is a number from 0 to 255, or a name that its family has: IPv4, which is meant where nothing is said, or IPv6. ${WHY_REJECTED}`,
  remedy: 'Write a type of the family.',
  example: {
    bad: policyWith('  ingress: [{ fromEntities: [cluster], icmps: [{ fields: [{ type: Ping }] }] }]'),
    good: policyWith('  ingress: [{ fromEntities: [cluster], icmps: [{ fields: [{ type: EchoRequest }] }] }]'),
  },
  replaces: ['schema/pattern', 'schema/unknown-value', 'schema/required-field'],

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const field of allEntries(resource).flatMap((it) => it.node.list('icmps.*.fields.*'))) {
      if (field.type !== 'map' || field.partial) continue;
      const [typeNode, familyNode] = [field.get('type'), field.get('family')];
      const family = familyNode === undefined ? 'IPv4' : familyNode.text();
      const known = family === undefined ? undefined : TYPES[family];
      if (familyNode && family !== undefined && known === undefined)
        yield {
          at: familyNode,
          message: `There is no family "${family}"; use IPv4 or IPv6.`,
          data: Object.keys(TYPES).find((it) => it.toLowerCase() === family.toLowerCase()) ?? null,
        };
      if (typeNode === undefined) {
        yield { at: field.entries[0]?.keyRange ?? field, message: 'This item has no "type".' };
        continue;
      }
      const written = typeNode.number() ?? typeNode.text();
      if (written === undefined) continue;
      const names = known ?? Object.values(TYPES).flat();
      if (/^-?\d+$/.test(String(written))) {
        if (Number(written) < 0 || Number(written) > 255) yield { at: typeNode, message: `There is no type ${written}; use 0 to 255.` };
      } else if (!names.includes(String(written))) {
        const isElsewhere = Object.values(TYPES).some((it) => it.includes(String(written)));
        yield {
          at: typeNode,
          message: isElsewhere
            ? `"${written}" is a type of ${family === 'IPv6' ? 'IPv4' : 'IPv6'}, and this is ${family ?? 'IPv4'}${familyNode ? '' : ', as no family is given'}.`
            : `"${written}" is no type of ICMP.`,
          data: nearest(String(written), names) ?? null,
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const near = problem.data;
    const node = allEntries(resource)
      .flatMap((it) => [...it.node.list('icmps.*.fields.*.type'), ...it.node.list('icmps.*.fields.*.family')])
      .find((it) => it.start === problem.at.start);
    return node && typeof near === 'string'
      ? [{ title: `Change to ${near}`, preferred: true, edits: [replaceValue(text, node, near)] }]
      : [];
  },
});
