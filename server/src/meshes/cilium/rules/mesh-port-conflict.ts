import type { Definition } from '../../../model/facts.js';
import { UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { insertItem } from '../../../yaml/edit.js';
import { namespaceNamed, pickedWorkloads } from '../../kubernetes/lookups.js';
import { dataPlanes } from '../../data-planes.js';
import { dataPlane, membershipsOf, type Membership } from '../../kubernetes/mesh-membership.js';
import { workloadKey, type Workload } from '../../kubernetes/tables.js';
import { opensPort, saysSomething } from '../coverage.js';
import { deploymentOf, policyWith } from '../examples.js';
import { policyFactsIn } from '../facts.js';
import { policiesOfWorkload, type PolicyOfWorkload } from '../lookups.js';
import { DIRECTIONS, entriesOf, partsOf, POLICY_KINDS, type Direction } from '../policy.js';
import { podsOf } from '../selectors.js';
import type { EntryFacts, PolicyFacts } from '../tables.js';

const AMBIENT = '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }\n';

export const meshPortConflict = defineRule({
  id: 'cilium/mesh-port-conflict',
  title: 'Policy that cuts pods off from their mesh',
  severity: 'warning',
  category: 'pitfall',
  effect: 'The mesh does not work for these pods.',
  why: 'Proxies of a mesh have ports of their own, and talk to a control plane. A policy that denies by default denies those, too, unless something allows them: 15008 for Istio ambient, 15012 to istiod, 4143 for Linkerd, 20000 for Consul, 5678 to the control plane of Kuma; and the ports of webhooks where the pods are a control plane.',
  remedy: 'Allow the port of the mesh.',
  example: {
    bad:
      policyWith('  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]') +
      AMBIENT +
      deploymentOf('web'),
    good:
      policyWith(
        '  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "8080", protocol: TCP }, { port: "15008", protocol: TCP }] }] }]',
      ) +
      AMBIENT +
      deploymentOf('web'),
  },
  unseen: 'info',

  kinds: POLICY_KINDS,
  reads: { pickedWorkloads, namespaces: namespaceNamed, membershipsOf, policiesOfWorkload },

  *check({ resource, read }) {
    for (const { part, facts } of policyFactsIn(resource)) {
      // Where there are denials alone, it is those that surprise.
      if (facts.incomplete || !DIRECTIONS.some((it) => facts[it].isDefaultDeny)) continue;
      const pods = podsOf(facts.selector, resource.namespace, facts.isClusterwide, read) ?? [];
      const told = new Set<string>();
      for (const pod of pods) {
        const key = workloadKey(pod.data);
        const needs = needsOf(pod, read.membershipsOf(key)).filter(
          (it) => facts[it.direction].isDefaultDeny && facts[it.direction].allow.length > 0,
        );
        if (needs.length === 0) continue;
        const policies = read.policiesOfWorkload(key);
        const missing = needs.filter((need) => !policies.some((it) => mayOpen(it, need, pod.data)));
        for (const [id, found] of groupsOf(missing)) {
          if (told.has(id)) continue;
          told.add(id);
          const need = found.find((it) => it.isVital) ?? found[0]!;
          const others = found.filter((it) => it !== need).map((it) => it.ports[0]);
          const more = others.length === 0 ? '' : `, nor on ${others.join(' and ')}`;
          yield {
            at: part.node.entry(need.direction)?.keyRange ?? part.place,
            severity: need.isVital ? 'warning' : 'info',
            certainty: 'unseen',
            message: `"${pod.data.name}" is ${need.where}, and no policy allows ${need.direction === 'egress' ? 'egress to ' : ''}${need.what} on port ${need.ports[0]}${more}.`,
            effect: need.effect,
            related: need.evidence === undefined ? [] : [need.evidence],
            data: {
              path: part.path,
              direction: need.direction,
              ports: [need, ...found.filter((it) => it !== need)].map((it) => it.ports[0]),
              namespace: need.namespace ?? null,
            },
          };
        }
      }
    }
  },

  fix({ resource, problem, text }) {
    const { path, direction, ports, namespace } = problem.data as {
      path: string;
      direction: Direction;
      ports: readonly number[];
      namespace: string | null;
    };
    const part = partsOf(resource).find((it) => it.path === path);
    const list = part?.node.get(direction);
    if (!part || list?.type !== 'list' || list.items.length === 0) return [];
    const what = ports.length === 1 ? `port ${ports[0]}` : `ports ${ports.join(', ')}`;
    if (direction === 'egress' && namespace !== null) {
      const items = ports.map((port) => `  - port: "${port}"\n    protocol: TCP`).join('\n');
      const rule = `toEndpoints:\n- matchLabels:\n    k8s:io.kubernetes.pod.namespace: ${namespace}\ntoPorts:\n- ports:\n${items}`;
      return [{ title: `Allow ${what} to "${namespace}"`, edits: [insertItem(text, list, rule)] }];
    }
    const lists = entriesOf(part)
      .filter((it) => it.direction === direction && !it.isDeny)
      .flatMap((it) =>
        it.node
          .list('toPorts.*')
          .filter((item) => !item.has('rules'))
          .slice(0, 1),
      )
      .flatMap((it) => it.list('ports'));
    const [port] = ports;
    const edits = lists.flatMap((it) => (it.type === 'list' ? [insertItem(text, it, `port: "${port}"\nprotocol: TCP`)] : []));
    return edits.length === 0 || ports.length > 1 ? [] : [{ title: `Allow port ${port} to the same peers`, edits }];
  },
});

interface Need {
  readonly direction: Direction;
  readonly ports: readonly number[];
  readonly what: string;
  readonly effect: string;
  readonly isVital: boolean;
  readonly namespace?: string;
  /** `in Istio ambient`. */
  readonly where: string;
  readonly evidence:
    { readonly at: { readonly resource: string; readonly range: Definition['range'] }; readonly message: string } | undefined;
}

function needsOf(pod: Definition<Workload>, memberships: readonly Membership[]): readonly Need[] {
  const webhook = dataPlanes.flatMap((it) => it.webhooks(pod.data.labels) ?? [])[0];
  const hooks = (webhook?.ports ?? []).map((port): Need => ({
    direction: 'ingress',
    ports: [port],
    what: 'the API server',
    effect: 'Its webhooks do not answer.',
    isVital: true,
    where: webhook!.part,
    evidence: { at: pod, message: `${pod.data.kind} "${pod.data.name}" is here` },
  }));
  const planes = memberships.flatMap(({ plane, site, marker, by }) =>
    dataPlane(plane).ports.map((it): Need => ({
      ...it,
      where: `in ${dataPlane(plane).title}`,
      evidence: { at: site, message: by === 'namespace' ? `its Namespace has ${marker}` : `its pods have ${marker}` },
    })),
  );
  return [...hooks, ...planes];
}

/** What is missing for one mesh in one direction is one problem. */
function groupsOf(needs: readonly Need[]): ReadonlyMap<string, readonly Need[]> {
  const groups = new Map<string, Need[]>();
  for (const need of needs) {
    const id = `${need.direction} ${need.where}`;
    groups.set(id, [...(groups.get(id) ?? []), need]);
  }
  return groups;
}

/** Whether a policy may allow what a mesh needs. */
function mayOpen({ policy, isCertain }: PolicyOfWorkload, need: Need, pod: Workload): boolean {
  if (policy.data.incomplete || (!isCertain && pod.namespace !== undefined && policy.data.selector.isOpaque)) return true;
  return policy.data[need.direction].allow.some(
    (it) =>
      saysSomething(it) &&
      need.ports.some((port) => opensPort(need.direction === 'ingress' ? withNumbers(it, pod) : it, port, 'TCP')) &&
      (it.ports !== undefined || reaches(it, need, policy.data)),
  );
}

/** Whether a rule for every port may be about the other end. */
function reaches({ peers }: EntryFacts, need: Need, { namespace, isClusterwide }: PolicyFacts): boolean {
  if (peers === undefined) return true;
  // Pods of the mesh are no addresses and no nodes; the API server may be.
  if (need.direction === 'ingress')
    return need.what === 'the API server' || peers.field === 'fromEndpoints' || peers.texts.some((it) => it === 'all' || it === 'cluster');
  if (need.namespace === undefined) return true;
  switch (peers.field) {
    case 'toEntities':
      return peers.texts.some((it) => it === 'all' || it === 'cluster');
    case 'toServices':
      return true;
    case 'toEndpoints':
      return peers.selectors.some(
        (it) =>
          it.isOpaque ||
          it.namespaces?.includes(need.namespace!) === true ||
          (it.namespaces === undefined && (it.namesNamespace || isClusterwide || (namespace ?? UNKNOWN_NAMESPACE) === need.namespace)),
      );
    default:
      return false;
  }
}

/** An entry with the numbers of container ports in the place of their names, where all of those are known. */
function withNumbers(entry: EntryFacts, { containers, containersIncomplete }: Workload): EntryFacts {
  if (entry.ports === undefined || containersIncomplete) return entry;
  const known = containers.flatMap((it) => it.ports);
  return {
    ...entry,
    ports: entry.ports
      .map((item) => ({
        ...item,
        ports: item.ports.flatMap((port) => {
          if (/^\d+$/.test(port.port)) return [port];
          const number = known.find((it) => it.name === port.port)?.number;
          return number === undefined ? [] : [{ ...port, port: String(number) }];
        }),
      }))
      .filter((item, i) => item.ports.length > 0 || entry.ports![i]!.ports.length === 0),
  };
}
