import { UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { quotedList } from '../../../text/words.js';
import { replaceValue } from '../../../yaml/edit.js';
import { DNS_RULE, policyWith } from '../examples.js';
import { envoyConfigKey } from '../kinds/policies.js';
import { envoyConfigNamed } from '../lookups.js';
import { allPortRules, POLICY_KINDS } from '../policy.js';
import { envoyConfigsOfKind } from '../tables.js';

const CONFIG = `---
apiVersion: cilium.io/v2
kind: CiliumEnvoyConfig
metadata: { name: envoy, namespace: shop }
spec: { resources: [{ "@type": type.googleapis.com/envoy.config.listener.v3.Listener, name: main }] }
`;

export const envoyconfigNotFound = defineRule({
  id: 'cilium/envoyconfig-not-found',
  title: 'Listener of an Envoy config that does not exist',
  severity: 'error',
  category: 'reference',
  effect: 'The traffic is dropped.',
  why: 'A rule with a listener hands its traffic to Envoy, to the listener of that name in a CiliumEnvoyConfig of the own namespace or a CiliumClusterwideEnvoyConfig. Where there is none, nobody takes the traffic.',
  remedy: 'Correct the name of the config or of the listener.',
  example: { bad: example('mian'), good: example('main') },

  kinds: POLICY_KINDS,
  reads: { envoyConfigNamed, envoyConfigsOfKind },

  *check({ resource, read }) {
    for (const listener of allPortRules(resource).flatMap((it) => it.node.list('listener'))) {
      const [nameNode, configNode] = [listener.get('name'), listener.get('envoyConfig.name')];
      const key = envoyConfigKey(listener, resource);
      const name = nameNode?.text();
      if (key === undefined || configNode === undefined) continue;
      const [kind = '', namespace = '', configName = ''] = key.split('/');
      const all = read.envoyConfigsOfKind(kind);
      if (all.length === 0 || (kind === 'CiliumEnvoyConfig' && namespace === UNKNOWN_NAMESPACE)) continue;
      const [config] = read.envoyConfigNamed(key);
      if (!config) {
        const near = nearest(
          configName,
          all.map((it) => it.data.name),
        );
        yield {
          at: configNode,
          certainty: near === undefined ? 'owned' : 'near',
          message: `No ${kind} "${configName}" exists in this workspace${near === undefined ? '' : ` ("${near}" does)`}.`,
          data: near ?? null,
        };
      } else if (nameNode && name !== undefined && !config.data.incomplete && !config.data.listeners.includes(name)) {
        const { listeners } = config.data;
        yield {
          at: nameNode,
          message: `${kind} "${configName}" has no listener "${name}"${listeners.length === 0 ? '' : ` (it has ${quotedList(listeners)})`}.`,
          related: [{ at: config, message: `"${configName}" is defined here` }],
          data: (listeners.length === 1 ? listeners[0] : nearest(name, listeners)) ?? null,
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const node = allPortRules(resource)
      .flatMap((it) => [...it.node.list('listener.name'), ...it.node.list('listener.envoyConfig.name')])
      .find((it) => it.start === problem.at.start);
    return node && typeof problem.data === 'string'
      ? [{ title: `Change to "${problem.data}"`, preferred: true, edits: [replaceValue(text, node, problem.data)] }]
      : [];
  },
});

function example(listener: string): string {
  return (
    policyWith(
      `  egress:\n  - toPorts: [{ ports: [{ port: "80", protocol: TCP }], listener: { name: ${listener}, envoyConfig: { kind: CiliumEnvoyConfig, name: envoy } } }]\n${DNS_RULE}`,
    ) + CONFIG
  );
}
