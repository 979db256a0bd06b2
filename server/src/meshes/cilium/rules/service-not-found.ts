import { displayName, namespaceKey, UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import type { Resource } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { servicesNamed } from '../../kubernetes/lookups.js';
import { servicesIn } from '../../kubernetes/tables.js';
import { DNS_RULE, policyWith } from '../examples.js';
import { allEntries } from '../policy.js';

const SERVICE =
  '---\napiVersion: v1\nkind: Service\nmetadata: { name: orders, namespace: shop }\nspec: { ports: [{ name: http, port: 80 }] }\n';

export const serviceNotFound = defineRule({
  id: 'cilium/service-not-found',
  title: 'Service that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'Nothing is allowed to it.',
  why: 'A Service stands for the addresses behind it. Where there is none of that name, a policy allows nothing, an Envoy config sends nothing anywhere, and a local redirect does nothing.',
  remedy: 'Correct the name, or add the namespace.',
  example: {
    bad: policyWith(`  egress:\n  - toServices: [{ k8sService: { serviceName: ordres, namespace: shop } }]\n${DNS_RULE}`) + SERVICE,
    good: policyWith(`  egress:\n  - toServices: [{ k8sService: { serviceName: orders, namespace: shop } }]\n${DNS_RULE}`) + SERVICE,
  },

  kinds: [
    'CiliumNetworkPolicy',
    'CiliumClusterwideNetworkPolicy',
    'CiliumEnvoyConfig',
    'CiliumClusterwideEnvoyConfig',
    'CiliumLocalRedirectPolicy',
  ],
  reads: { servicesNamed, servicesIn },

  *check({ resource, read }) {
    for (const { nameNode, namespace, effect } of servicesOf(resource)) {
      const name = nameNode.text();
      const place = namespaceKey(namespace);
      if (name === undefined || name === '' || place === UNKNOWN_NAMESPACE || read.servicesNamed(`${place}/${name}`).length > 0) continue;
      const here = read.servicesIn(place);
      if (here.length === 0) continue;
      const near = nearest(
        name,
        here.map((it) => it.data.name),
      );
      const found = here.filter((it) => it.data.name === near);
      yield {
        at: nameNode,
        certainty: near === undefined ? 'owned' : 'near',
        message: `No Service "${displayName({ namespace, name })}" exists in this workspace${near === undefined ? '' : ` ("${near}" does)`}.`,
        effect,
        related: found.map((it) => ({ at: it, message: `Service "${it.data.name}" is defined here` })),
        data: near ?? null,
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = servicesOf(resource).find((it) => it.nameNode.start === problem.at.start)?.nameNode;
    return node && typeof problem.data === 'string'
      ? [{ title: `Change to "${problem.data}"`, preferred: true, edits: [replaceValue(text, node, problem.data)] }]
      : [];
  },
});

interface NamedService {
  readonly nameNode: YamlNode;
  readonly namespace: string | undefined;
  readonly effect: string;
}

function servicesOf(resource: Resource): readonly NamedService[] {
  const { root } = resource;
  const named = (holder: YamlNode, field: string, effect: string): readonly NamedService[] => {
    const nameNode = holder.get(field);
    const place = holder.get('namespace');
    if (nameNode === undefined || (place !== undefined && place.text() === undefined)) return [];
    return [{ nameNode, namespace: place?.text() ?? resource.namespace, effect }];
  };
  switch (resource.kind) {
    case 'CiliumLocalRedirectPolicy':
      return root.list('spec.redirectFrontend.serviceMatcher').flatMap((it) => named(it, 'serviceName', 'Nothing is redirected.'));
    case 'CiliumEnvoyConfig':
    case 'CiliumClusterwideEnvoyConfig':
      return [
        ...root.list('spec.services.*').flatMap((it) => named(it, 'name', 'No traffic goes through this config.')),
        ...root.list('spec.backendServices.*').flatMap((it) => named(it, 'name', 'Requests to it get 503.')),
      ];
    default:
      return allEntries(resource).flatMap(({ node, isDeny }) =>
        node
          .list('toServices.*.k8sService')
          .flatMap((it) => named(it, 'serviceName', isDeny ? 'Nothing is denied to it.' : 'Nothing is allowed to it.')),
      );
  }
}
