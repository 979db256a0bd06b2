import type { Lookups } from '../../../index/tables.js';
import { serviceHost } from '../../../model/hosts.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import type { HintTold, InlayHint } from '../../../rules/editor.js';
import type { YamlNode } from '../../../yaml/node.js';
import { counted } from '../../kubernetes/editor.js';
import { services, workloads } from '../../kubernetes/tables.js';
import { canonicalHost } from '../hosts.js';
import { injectionOf, isOfAnotherMesh } from '../injection.js';
import { shareOf } from '../kinds/traffic.js';
import { ownersOfHost, subsetsNamed, workloadsOfHost } from '../lookups.js';
import { serverMtlsOf } from '../mtls.js';
import { protocolOf } from '../protocols.js';
import { isOutsideIstio } from '../usage.js';
import { WORKLOAD_KINDS } from './workload.js';

type Path = readonly (string | number)[];

/** What values mean where they do not say it themselves. */
export const hints: readonly InlayHint[] = [
  {
    group: 'host',
    kinds: ['VirtualService', 'DestinationRule'],
    paths: [
      'spec.host',
      'spec.hosts.*',
      'spec.http.*.route.*.destination.host',
      'spec.http.*.mirror.host',
      'spec.tcp.*.route.*.destination.host',
      'spec.tls.*.route.*.destination.host',
    ],
    describe({ namespace }, node, _path, look) {
      const host = node.text();
      if (host === undefined || host === '' || /[.*]/.test(host) || namespace === undefined) return undefined;
      const owner = look.get(ownersOfHost, serviceHost(host, namespace))[0];
      return owner && { text: `.${namespace}`, site: { resource: owner.resource, range: owner.range }, joins: true };
    },
  },
  {
    group: 'subset',
    kinds: ['VirtualService'],
    paths: ['spec.http.*.route.*.destination.subset', 'spec.tcp.*.route.*.destination.subset', 'spec.tls.*.route.*.destination.subset'],
    describe: subsetHint,
  },
  {
    group: 'weight',
    kinds: ['VirtualService'],
    paths: ['spec.http.*.route.*.weight', 'spec.tcp.*.route.*.weight', 'spec.tls.*.route.*.weight'],
    describe({ root }, node, path) {
      const route = root.get(path.slice(0, 3).join('.'));
      const entry = root.get(path.slice(0, 5).join('.'));
      if (!route || !entry) return undefined;
      const share = shareOf(route, entry);
      // Weights that add up to 100 say it themselves.
      return share === undefined || share === node.number() ? undefined : { text: `${share} %` };
    },
  },
  {
    group: 'protocol',
    kinds: ['Service'],
    paths: ['spec.ports.*.name'],
    describe({ namespace, name }, _node, path, look) {
      if (look.get(isOutsideIstio, namespaceKey(namespace))) return undefined;
      const service = look.get(services, `${namespaceKey(namespace)}/${name}`)[0];
      const port = service?.data.ports[Number(path[2])];
      return port && protocolOf(port) === undefined ? { text: 'protocol guessed' } : undefined;
    },
  },
  {
    group: 'sidecar',
    kinds: WORKLOAD_KINDS,
    paths: ['metadata.name'],
    describe(resource, _node, _path, look) {
      const key = keyOf(resource);
      if (look.get(workloads, key).length === 0 || look.get(isOfAnotherMesh, key)) return undefined;
      const { state, decidedBy } = look.get(injectionOf, key);
      const texts = { injected: 'sidecar', none: 'no sidecar', ambient: 'ambient', unknown: undefined };
      const text = texts[state];
      return text === undefined ? undefined : { text, ...(decidedBy ? { site: decidedBy } : {}) };
    },
  },
  {
    group: 'mtls',
    kinds: WORKLOAD_KINDS,
    paths: ['metadata.name'],
    describe(resource, _node, _path, look) {
      const key = keyOf(resource);
      if (look.get(workloads, key).length === 0 || look.get(injectionOf, key).state === 'none') return undefined;
      const { mode, policy } = look.get(serverMtlsOf, key);
      return mode === undefined
        ? undefined
        : { text: mode, ...(policy ? { site: { resource: policy.resource, range: policy.range } } : {}) };
    },
  },
];

function subsetHint({ namespace, root }: Resource, node: YamlNode, path: Path, look: Lookups): HintTold | undefined {
  const written = root.text([...path.slice(0, -1), 'host'].join('.'));
  const subset = node.text();
  if (written === undefined || subset === undefined) return undefined;
  const host = canonicalHost(written, namespace);
  const found = look.get(subsetsNamed, `${host}/${subset}`)[0];
  if (!found || found.data.incomplete) return undefined;
  const pods = look.get(workloadsOfHost, host);
  const own = pods?.filter((it) => Object.entries(found.data.labels).every(([key, value]) => it.data.labels[key] === value));
  const count = own?.reduce((sum, it) => sum + it.data.replicas, 0);
  const labels = selectorText(found.data.labels) || 'no labels';
  return {
    text: count === undefined ? labels : `${labels}, ${count === 0 ? 'no pod' : counted(count, 'pod')}`,
    site: { resource: found.resource, range: found.range },
  };
}

function keyOf({ namespace, kind, name }: Resource): string {
  return `${namespaceKey(namespace)}/${kind}/${name}`;
}
