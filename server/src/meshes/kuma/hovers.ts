import type { Definition } from '../../model/facts.js';
import { namespaceKey, type Resource } from '../../model/resource.js';
import { selectorText } from '../../model/selectors.js';
import { defineHover, type DefinitionHover, type FieldHover, type HoverContext } from '../../rules/editor.js';
import type { YamlNode } from '../../yaml/node.js';
import { counted, listed, podNames, workloadNames } from '../kubernetes/editor.js';
import { isMeshInUse, selectedWorkloads } from '../kubernetes/lookups.js';
import { POD_KINDS } from '../kubernetes/pod-templates.js';
import { services, workloads, workloadKey } from '../kubernetes/tables.js';
import { controlPlane } from './control-plane.js';
import { proxiesOf, routesTo } from './effective/others.js';
import { policiesOf } from './effective/policies.js';
import { callersLine } from './effective/workload.js';
import { injectionOf, meshOfWorkload } from './injection.js';
import { actsOn, isRemoved, keyFacts, type KeyFacts } from './keys.js';
import { membersOf } from './lookups.js';
import { mtlsOfMesh } from './mtls.js';
import { RESOURCE_KINDS } from './names.js';
import { containerPatches, destinations, meshes, telemetryBackends, type DestinationFacts } from './tables.js';
import { POLICY_KINDS } from './target-refs.js';

/** How Kuma's definitions are told, and what it adds to those of Kubernetes. */
export const definitions: readonly DefinitionHover<never>[] = [
  defineHover(meshes, ({ data }, { look, escape }) => {
    const { mode, by } = look.get(mtlsOfMesh, data.name);
    const permissions = look.get(membersOf, `${data.name}/MeshTrafficPermission`).length;
    return {
      title: `Mesh ${escape(data.name)}`,
      lines: [
        [
          `mTLS ${mode}${by === 'identity' ? ' by MeshIdentity' : ''}`,
          mode === 'off' ? 'no permission is enforced' : counted(permissions, 'MeshTrafficPermission'),
        ].join(' · '),
      ],
    };
  }),
  defineHover(destinations, describeDestination),
  defineHover(containerPatches, ({ data }, { escape }) => ({
    title: `ContainerPatch ${escape(data.name)}`,
    lines: ['Changes the containers that Kuma injects'],
  })),
  defineHover(telemetryBackends, ({ data }, { escape, referrers }) => ({
    title: `MeshOpenTelemetryBackend ${escape(data.name)}`,
    lines: [
      `Named by ${counted(
        POLICY_KINDS.reduce((sum, kind) => sum + referrers(kind), 0),
        'policy',
        'policies',
      )}`,
    ],
  })),
  defineHover(services, ({ data }, { look, escape }) => {
    const pods =
      data.selector && look.get(isMeshInUse, 'kuma')
        ? look.get(selectedWorkloads, `${namespaceKey(data.namespace)}/${selectorText(data.selector)}`)
        : [];
    const proxies = pods.filter((it) => look.get(injectionOf, workloadKey(it.data)).state === 'injected');
    if (proxies.length === 0) return { title: `Service ${escape(data.name)}`, lines: [] };
    const routes = routesTo(data.name, data.namespace, proxies, look);
    return {
      title: `Service ${escape(data.name)}`,
      lines: [
        [
          `Kuma: ${routes.length === 0 ? 'no route' : listed(routes.map((it) => `${it.data.kind} ${escape(it.data.name)}`))}`,
          `callers ${escape(callersLine(workloadKey(proxies[0]!.data), look).text)}`,
        ].join(' · '),
      ],
    };
  }),
  defineHover(workloads, ({ data }, { look, escape }) => {
    const key = workloadKey(data);
    const title = `${data.kind} ${escape(data.name)}`;
    if (!look.get(isMeshInUse, 'kuma')) return { title, lines: [] };
    const { state } = look.get(injectionOf, key);
    const mesh = look.get(meshOfWorkload, key);
    if (state !== 'injected') return { title, lines: state === 'none' ? ['Kuma: no sidecar'] : [] };
    const bound = look.get(policiesOf, key);
    return {
      title,
      lines: [
        [
          `Kuma: sidecar${mesh === undefined ? '' : ` in mesh ${escape(mesh)}`}`,
          bound.length === 0 ? 'no policy at hand' : counted(bound.length, 'policy', 'policies'),
          `callers ${escape(callersLine(key, look).text)}`,
        ].join(' · '),
      ],
    };
  }),
];

function describeDestination({ data }: Definition<DestinationFacts>, { escape }: HoverContext) {
  const ports = data.ports.map((it) =>
    [it.number, it.name, it.appProtocol]
      .filter((part) => part !== undefined)
      .map((part) => escape(String(part)))
      .join(' '),
  );
  return {
    title: `${data.kind} ${escape(data.name)}`,
    ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
    lines: [
      [data.mesh === undefined ? '' : `mesh ${escape(data.mesh)}`, ports.length === 0 ? '' : `ports ${ports.join(', ')}`]
        .filter((it) => it !== '')
        .join(' · '),
    ].filter((it) => it !== ''),
  };
}

const METADATA = ['metadata', 'spec.template.metadata', 'spec.jobTemplate.spec.template.metadata'];
const KEYED = [...POD_KINDS, 'Namespace', 'Service', ...POLICY_KINDS, ...RESOURCE_KINDS, 'Dataplane'];

/** What a policy means for the workloads it is for, and what keys of Kuma say. */
export const fields: readonly FieldHover[] = [
  {
    kinds: POLICY_KINDS,
    paths: ['spec.targetRef', 'spec.targetRef.kind', 'spec.targetRef.labels', 'spec.targetRef.tags', 'spec.targetRef.name'],
    describe(resource, _node, { look }) {
      const proxies = proxiesOf(resource, look);
      return [proxies.length === 0 ? 'For no workload at hand' : `For ${podNames(proxies)}`];
    },
  },
  {
    kinds: ['MeshTrafficPermission'],
    paths: ['spec.from', 'spec.rules', 'spec.from.*.default.action'],
    describe(resource, _node, { look, escape }) {
      const [first, ...others] = proxiesOf(resource, look);
      if (first === undefined) return [];
      const line = callersLine(workloadKey(first.data), look).text;
      return [
        `**Calls to ${escape(first.data.name)}**${others.length === 0 ? '' : ` (and ${escape(workloadNames(others))})`}`,
        escape(line),
      ];
    },
  },
  ...(['labels', 'annotations'] as const).map((field): FieldHover => ({
    kinds: KEYED,
    paths: METADATA.map((it) => `${it}.${field}.*`),
    describe: (resource, node, context) => describeKey(resource, node, field, context),
  })),
];

function describeKey(resource: Resource, node: YamlNode, field: 'labels' | 'annotations', { look }: HoverContext): readonly string[] {
  for (const place of METADATA) {
    const entry = resource.root.map(`${place}.${field}`)?.entries.find((it) => it.value === node || it.value.start === node.start);
    const facts = entry && keyFacts(entry.key);
    if (entry === undefined || facts === undefined) continue;
    return keyLines(
      facts,
      actsOn(facts, { carrier: place === 'metadata' ? resource.kind : 'Pod', field }),
      isRemoved(facts, look.get(controlPlane).version),
    );
  }
  return [];
}

function keyLines(facts: KeyFacts, acts: boolean, isGone: boolean): readonly string[] {
  return [
    facts.docs,
    ...(typeof facts.value === 'object' ? [`Takes ${facts.value.map((it) => `\`${it}\``).join(', ')}`] : []),
    ...(isGone || facts.deprecated !== undefined
      ? [`${isGone ? 'Read no more' : 'Deprecated'}${facts.instead === undefined ? '' : `; use ${facts.instead}`}`]
      : []),
    ...(acts ? [] : ['Kuma does not read it here']),
    ...(facts.computed ? ['Kuma sets it itself'] : []),
  ];
}
