import { defineRule } from '../../../rules/rule.js';
import { isOpen } from '../kinds/shared.js';
import { isSet, isWhole } from '../validation/values.js';

const both = (name: string) => [name, `not${name.charAt(0).toUpperCase()}${name.slice(1)}`];
/** What of a caller a proxy knows without reading requests. */
const TCP_SOURCE = ['principals', 'namespaces', 'ipBlocks', 'remoteIpBlocks', 'serviceAccounts'].flatMap(both);

export const denyCoversTcp = defineRule({
  id: 'istio/deny-covers-tcp',
  title: 'Policy that denies by HTTP, and with it all TCP traffic',
  severity: 'warning',
  category: 'schema',
  peers: ['IST0133'],
  effect: 'On TCP ports it denies everything.',
  why: 'On a port that is no HTTP, a proxy knows nothing of paths, methods, hosts or tokens. It leaves such parts out of a rule that denies, to be on the safe side, and denies all that the rest matches.',
  remedy: 'Name the HTTP ports of the workload in "ports".',
  otherTools:
    'istioctl analyze also warns where callers without a token are denied. Here that is a note, as there is no other way to ask for one.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: no-admin, namespace: shop }
spec:
  action: DENY
  rules:
  - to: [{ operation: { paths: [/admin] } }]
`,
    good: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: no-admin, namespace: shop }
spec:
  action: DENY
  rules:
  - to: [{ operation: { paths: [/admin], ports: ["8080"] } }]
`,
  },

  mentions: ['DENY'],
  kinds: ['AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    if (root.text('spec.action') !== 'DENY' || !isWhole(resource)) return;
    for (const [i, rule] of root.list('spec.rules.*').entries()) {
      if (rule.type !== 'map' || rule.partial || isOpen(resource, `spec.rules.${i}.to`, `spec.rules.${i}.from`)) continue;
      const to = rule.list('to.*.operation');
      const open = to.find((it) => it.type === 'map' && it.entries.length > 0 && !['ports', 'notPorts'].some((field) => isSet(it, field)));
      const from = rule.list('from.*.source').filter((it) => it.type === 'map' && it.entries.length > 0);
      const ofHttpOnly = to.length === 0 && from.length > 0 && !from.some((it) => TCP_SOURCE.some((field) => isSet(it, field)));
      const at = open ? rule.entry('to')!.keyRange : ofHttpOnly ? rule.entry('from')!.keyRange : undefined;
      // To deny whoever has no token is the usual way to ask for one.
      const severity = open ? 'warning' : 'info';
      if (at) yield { at, severity, message: 'This rule goes by HTTP, of which nothing is known on TCP ports.' };
    }
  },
});
