import type { Lookups } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { displayName, namespaceKey, type Resource } from '../../model/resource.js';
import { selectorText } from '../../model/selectors.js';
import type { EffectiveState, Lens, StateLine } from '../../rules/editor.js';
import { counted, listed, siteAt, workloadNames } from '../kubernetes/editor.js';
import { namespaceNamed, pickedWorkloads } from '../kubernetes/lookups.js';
import { POD_KINDS, podTemplateOf } from '../kubernetes/pod-templates.js';
import { services, workloads, workloadKey, type Workload } from '../kubernetes/tables.js';
import { hostFactsIn, policyFactsIn } from './facts.js';
import { isCiliumInUse, policiesOfWorkload } from './lookups.js';
import { DIRECTIONS, POLICY_KINDS, type Direction, type PolicyPart } from './policy.js';
import { isEmpty, labelWords, podsOf, selectorWords, type PodReads } from './selectors.js';
import { ciliumSettings } from './settings.js';
import type { DirectionFacts, PolicyFacts } from './tables.js';
import { directionWords } from './words.js';

/** What the policies of Cilium come to for a workload, by direction; and which requests are seen. */
export const workloadState: EffectiveState = {
  kinds: POD_KINDS,
  describe(resource, look) {
    const { namespace, kind, name } = resource;
    const definition = look.get(workloads, `${namespaceKey(namespace)}/${kind}/${name}`)[0];
    if (!definition || !look.get(isCiliumInUse, '')) return { lines: [] };
    if (definition.data.hostNetwork)
      return {
        lines: [
          {
            topic: 'network',
            text: "in the host's network: policies on pods are not about it",
            sites: siteAt(resource, podTemplateOf(resource)?.spec?.get('hostNetwork')),
          },
        ],
      };
    return { lines: [...DIRECTIONS.map((it) => directionLine(definition.data, it, look)), ...requestLines(definition.data, look)] };
  },
};

/** Who may reach the pods behind a Service. */
export const serviceState: EffectiveState = {
  kinds: ['Service'],
  describe({ namespace, name }, look) {
    const service = look.get(services, `${namespaceKey(namespace)}/${name}`)[0]?.data;
    if (!service?.selector || !look.get(isCiliumInUse, '')) return { lines: [] };
    const pods = look.get(pickedWorkloads, `${namespaceKey(namespace)}/${selectorText(service.selector)}`);
    return {
      lines: pods.slice(0, 3).map((it) => {
        const line = directionLine(it.data, 'ingress', look);
        return pods.length === 1 ? line : { ...line, text: `${it.data.name}: ${line.text}` };
      }),
    };
  },
};

/** What a policy selects and does. */
export const policyState: EffectiveState = {
  kinds: POLICY_KINDS,
  describe(resource, look) {
    const lines = policyFactsIn(resource).flatMap(({ part, facts }): readonly StateLine[] => [
      selectsLine(resource, part, facts, look),
      ...directionLines(resource, part, facts),
    ]);
    const hosts = hostFactsIn(resource).flatMap(({ part, facts }): readonly StateLine[] => [
      {
        topic: 'selects',
        text: isEmpty(facts.selector) ? 'every node' : `nodes with ${labelWords(facts.selector)}`,
        sites: siteAt(resource, part.node.get('nodeSelector')),
      },
      ...directionLines(resource, part, facts),
    ]);
    return { lines: [...lines, ...hosts] };
  },
};

function directionLines(
  resource: Resource,
  { node }: PolicyPart,
  facts: Readonly<Record<Direction, DirectionFacts>>,
): readonly StateLine[] {
  return DIRECTIONS.filter((it) => facts[it].allow.length + facts[it].deny.length > 0).map((it) => ({
    topic: it,
    text: directionWords([facts[it]], it),
    sites: [it, `${it}Deny`].flatMap((field) => siteAt(resource, node.entry(field)?.keyRange)),
  }));
}

export function directionLine(workload: Workload, direction: Direction, look: Lookups): StateLine {
  const found = look.get(policiesOfWorkload, workloadKey(workload));
  const about = found.filter(({ policy }) => {
    const { allow, deny } = policy.data[direction];
    return allow.length + deny.length > 0;
  });
  const { policyEnforcement } = look.get(ciliumSettings);
  const unsure = about.some((it) => !it.isCertain) ? ', as far as these files tell' : '';
  const text =
    policyEnforcement === 'never'
      ? 'open: policies are not enforced'
      : policyEnforcement === 'always' && about.length === 0
        ? 'default deny: no policy allows anything'
        : directionWords(
            about.map((it) => it.policy.data[direction]),
            direction,
          ) + unsure;
  return { topic: direction, text, sites: about.map(({ policy }) => ({ resource: policy.resource, range: policy.range })) };
}

/** Requests that Envoy looks into, by the rules about them. */
function requestLines(workload: Workload, look: Lookups): readonly StateLine[] {
  if (!look.get(ciliumSettings).l7Proxy) return [];
  const found = look.get(policiesOfWorkload, workloadKey(workload)).map((it) => it.policy);
  const seen = found.flatMap((policy) =>
    DIRECTIONS.flatMap((direction) =>
      policy.data[direction].allow
        .flatMap((it) => it.ports ?? [])
        .filter((it) => it.l7.length > 0)
        .map((it) => ({ policy, text: `${it.l7.join(', ')} of ${direction} at ${listed(it.ports.map((port) => port.port))}` })),
    ),
  );
  return seen.length === 0
    ? []
    : [
        {
          topic: 'requests',
          text: `seen by Envoy: ${listed([...new Set(seen.map((it) => it.text))])}`,
          sites: [...new Set(seen.map((it) => it.policy))].map((it) => ({ resource: it.resource, range: it.range })),
        },
      ];
}

/** Workloads that a rule of a policy selects; undefined where nobody can tell. */
function selectedBy(
  resource: Resource,
  { selector, isClusterwide }: PolicyFacts,
  look: Lookups,
): readonly Definition<Workload>[] | undefined {
  return podsOf(selector, resource.namespace, isClusterwide, podReads(look));
}

export function podReads(look: Lookups): PodReads {
  return { pickedWorkloads: (key) => look.get(pickedWorkloads, key), namespaces: (name) => look.get(namespaceNamed, name) };
}

function selectsLine(resource: Resource, { node }: PolicyPart, facts: PolicyFacts, look: Lookups): StateLine {
  const pods = selectedBy(resource, facts, look);
  const words = selectorWords(facts.selector);
  return {
    topic: 'selects',
    text:
      pods === undefined
        ? words
        : pods.length === 0
          ? `${words}: no workload at hand`
          : `${words}: ${listed(pods.map((it) => displayName(it.data)))}`,
    sites: pods?.length
      ? pods.slice(0, 5).map((it) => ({ resource: it.resource, range: it.range }))
      : siteAt(resource, node.get('endpointSelector')),
  };
}

/** One line above a policy, and above a workload that policies are about. */
export const lenses: readonly Lens[] = [
  {
    kinds: POLICY_KINDS,
    describe(resource, { look }) {
      const stated = policyFactsIn(resource);
      const pods = stated.flatMap(({ facts }) => selectedBy(resource, facts, look) ?? []);
      const hosts = hostFactsIn(resource);
      const denies = DIRECTIONS.filter((direction) => [...stated, ...hosts].some(({ facts }) => facts[direction].isDefaultDeny));
      return [
        ...(pods.length === 0
          ? []
          : [
              {
                group: 'workloads' as const,
                text: `selects ${workloadNames(pods)}`,
                sites: pods.map((it) => ({ resource: it.resource, range: it.range })),
              },
            ]),
        ...(denies.length === 0 ? [] : [{ group: 'callers' as const, text: `default deny for ${denies.join(' and ')}`, sites: [] }]),
      ];
    },
  },
  {
    kinds: POD_KINDS,
    describe({ namespace, kind, name }, { look }) {
      const found = look.get(policiesOfWorkload, `${namespaceKey(namespace)}/${kind}/${name}`).map((it) => it.policy);
      const resources = [...new Map(found.map((it) => [it.resource, it])).values()];
      return resources.length === 0
        ? []
        : [
            {
              group: 'callers',
              text: counted(resources.length, 'Cilium policy', 'Cilium policies'),
              sites: resources.map((it) => ({ resource: it.resource, range: it.range })),
            },
          ];
    },
  },
];
