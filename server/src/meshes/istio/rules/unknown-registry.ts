import type { Resource } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import type { Range } from '../../../text/range.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { parseDocument } from '../../../yaml/parse.js';
import { keyRange } from '../places.js';
import { remoteClusters } from '../tables.js';

/** Registries that istiod has by itself. */
const BUILT_IN = ['Kubernetes', 'Mock', 'External'];

export const unknownRegistry = defineRule({
  id: 'istio/unknown-registry',
  title: 'Mesh networks name a registry that istiod does not have',
  severity: 'error',
  category: 'reference',
  peers: ['IST0126'],
  effect: 'Its endpoints are not taken for ones of this network.',
  why: 'A network is told by the registries that its endpoints come from: "Kubernetes" for the own cluster, else the name of a cluster as a Secret with the label istio/multiCluster gives it. Of an unknown name istiod assigns no endpoints, and calls to them go the direct way that does not exist between networks. Names are case-sensitive.',
  remedy: 'Write the name of the cluster as its remote Secret has it, as a key below "data".',
  example: {
    bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  meshNetworks: |
    networks:
      east:
        endpoints: [{ fromRegistry: kubernetes }]
        gateways: [{ port: 15443, registryServiceName: istio-eastwestgateway.istio-system.svc.cluster.local }]
`,
    good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  meshNetworks: |
    networks:
      east:
        endpoints: [{ fromRegistry: Kubernetes }]
        gateways: [{ port: 15443, registryServiceName: istio-eastwestgateway.istio-system.svc.cluster.local }]
`,
  },

  mentions: ['fromRegistry'],
  kinds: ['MeshNetworks', 'ConfigMap', 'IstioOperator', 'Istio'],
  reads: { remoteClusters },

  *check({ resource, read }) {
    const written = registriesIn(resource);
    if (written.length === 0) return;
    const secrets = read.remoteClusters('');
    if (secrets.some((it) => it.data.incomplete)) return;
    const known = [...BUILT_IN, ...secrets.flatMap((it) => it.data.clusters)];
    for (const { name, at, network } of written) {
      if (known.includes(name)) continue;
      const near = nearest(name, known);
      yield {
        at,
        certainty: near !== undefined ? 'near' : secrets.length > 0 ? 'owned' : 'unseen',
        message: `No registry of istiod is called "${name}"${near === undefined ? '' : ` ("${near}" exists)`}.`,
        effect: `Its endpoints are not taken for ones of network "${network}".`,
        related: secrets.map((it) => ({ at: it, message: 'This Secret names clusters' })),
        ...(near !== undefined && { data: { near } }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const { near } = (problem.data ?? {}) as { near?: string };
    const node = near === undefined ? undefined : registriesIn(resource).find((it) => it.at.start === problem.at.start)?.node;
    if (near === undefined || node === undefined) return [];
    return [{ title: `Change to "${near}"`, preferred: true, edits: [replaceValue(text, node, near)] }];
  },
});

interface WrittenRegistry {
  readonly name: string;
  readonly network: string;
  readonly at: Range;
  /** Undefined where it stands in a text of its own. */
  readonly node: YamlNode | undefined;
}

function registriesIn({ kind, name, root }: Resource): readonly WrittenRegistry[] {
  if (kind !== 'ConfigMap') return registriesAt(root.get(kind === 'MeshNetworks' ? 'networks' : 'spec.values.global.meshNetworks'));
  if (!/^istio(-[a-z0-9-]+)?$/.test(name)) return [];
  const text = root.text('data.meshNetworks');
  const key = keyRange(root, 'data.meshNetworks');
  if (text === undefined || key === undefined) return [];
  return registriesAt(parseDocument(text).root?.get('networks')).map((it) => ({ ...it, at: key, node: undefined }));
}

function registriesAt(networks: YamlNode | undefined): readonly WrittenRegistry[] {
  if (networks?.type !== 'map') return [];
  return networks.entries.flatMap(({ key, value }) =>
    value.list('endpoints.*.fromRegistry').flatMap((node) => {
      const name = node.text();
      return name === undefined || name === '' ? [] : [{ name, network: key, at: node, node }];
    }),
  );
}
