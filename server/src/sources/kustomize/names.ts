import { type YamlMap, type YamlNode } from '../../yaml/node.js';
import { changed, scalarAt, withValue } from './tree.js';

/** Where resources name others whose names Kustomize may change: fields by the kind that they name. */
interface ReferenceField {
  readonly names: string;
  /** Kinds that have the field; undefined: all with pods. */
  readonly of: readonly string[] | undefined;
  readonly path: string;
}

const PODS: readonly (readonly [string, string])[] = [
  ['ConfigMap', 'volumes/*/configMap/name'],
  ['ConfigMap', 'volumes/*/projected/sources/*/configMap/name'],
  ['Secret', 'volumes/*/secret/secretName'],
  ['Secret', 'volumes/*/projected/sources/*/secret/name'],
  ['Secret', 'imagePullSecrets/*/name'],
  ['PersistentVolumeClaim', 'volumes/*/persistentVolumeClaim/claimName'],
  ['ServiceAccount', 'serviceAccountName'],
  ['ServiceAccount', 'serviceAccount'],
  ['PriorityClass', 'priorityClassName'],
  ...['containers', 'initContainers'].flatMap((it): (readonly [string, string])[] => [
    ['ConfigMap', `${it}/*/env/*/valueFrom/configMapKeyRef/name`],
    ['ConfigMap', `${it}/*/envFrom/*/configMapRef/name`],
    ['Secret', `${it}/*/env/*/valueFrom/secretKeyRef/name`],
    ['Secret', `${it}/*/envFrom/*/secretRef/name`],
  ]),
];

const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'];
const WEBHOOKS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

const FIELDS: readonly ReferenceField[] = [
  ...PODS.map(([names, path]) => ({ names, of: undefined, path })),
  { names: 'Service', of: ['StatefulSet'], path: 'spec/serviceName' },
  { names: 'Service', of: ['Ingress'], path: 'spec/rules/*/http/paths/*/backend/service/name' },
  { names: 'Service', of: ['Ingress'], path: 'spec/rules/*/http/paths/*/backend/serviceName' },
  { names: 'Service', of: ['Ingress'], path: 'spec/defaultBackend/service/name' },
  { names: 'Service', of: ['Ingress'], path: 'spec/backend/serviceName' },
  { names: 'Service', of: ['APIService'], path: 'spec/service/name' },
  { names: 'Service', of: WEBHOOKS, path: 'webhooks/*/clientConfig/service/name' },
  { names: 'Secret', of: ['Ingress'], path: 'spec/tls/*/secretName' },
  { names: 'Secret', of: ['ServiceAccount'], path: 'secrets/*/name' },
  { names: 'Secret', of: ['ServiceAccount'], path: 'imagePullSecrets/*/name' },
  { names: 'IngressClass', of: ['Ingress'], path: 'spec/ingressClassName' },
  { names: 'Role', of: ['RoleBinding'], path: 'roleRef/name' },
  { names: 'ClusterRole', of: BINDINGS, path: 'roleRef/name' },
];

/** Paths to the pod spec by kind; of other kinds Kustomize knows none. */
export const POD_SPECS: Readonly<Record<string, string>> = {
  Pod: 'spec',
  Deployment: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
  DaemonSet: 'spec/template/spec',
  ReplicaSet: 'spec/template/spec',
  ReplicationController: 'spec/template/spec',
  Job: 'spec/template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
};

/** A thing as it is called in the end. */
export interface FinalName {
  readonly name: string;
  readonly namespace: string | undefined;
  /** Namespaces that it had on the way, the last one too. */
  readonly passed: ReadonlySet<string>;
  /** Whether a kustomization gave it its namespace. */
  readonly isPlaced: boolean;
}

/** What a thing of a kind, called by its name before, is called in the end; undefined: no such thing is built here. */
export type Renamed = (kind: string, name: string) => FinalName | undefined;

/** Makes references follow the names of what they name. */
export function followNames(root: YamlMap, kind: string, renamed: Renamed): YamlMap {
  let result: YamlNode = root;
  const pods = POD_SPECS[kind];
  for (const { names, of, path } of FIELDS) {
    if (of === undefined ? pods === undefined : !of.includes(kind)) continue;
    const steps = (of === undefined ? `${pods}/${path}` : path).split('/');
    if (path === 'roleRef/name' && root.text('roleRef.kind') !== names) continue;
    result = changed(result, steps, (node) => follow(node, (name) => renamed(names, name)?.name));
  }
  if (kind === 'HorizontalPodAutoscaler') {
    const target = root.text('spec.scaleTargetRef.kind') ?? '';
    result = changed(result, ['spec', 'scaleTargetRef', 'name'], (node) => follow(node, (name) => renamed(target, name)?.name));
  }
  if (BINDINGS.includes(kind)) {
    result = changed(result, ['subjects', '*'], (subject) => {
      if (subject?.type !== 'map' || subject.text('kind') !== 'ServiceAccount') return subject;
      const account = renamed('ServiceAccount', subject.text('name') ?? '');
      const stated = subject.text('namespace');
      if (account === undefined || (stated !== undefined && !account.passed.has(stated))) return subject;
      const named = changed(subject, ['name'], (node) => follow(node, () => account.name));
      const { namespace } = account;
      if (stated === undefined && namespace !== undefined && account.isPlaced && named.type === 'map')
        return withValue(named, 'namespace', scalarAt(named, namespace));
      return changed(named, ['namespace'], (node) => follow(node, () => namespace));
    });
  }
  return result.type === 'map' ? result : root;
}

export function follow(node: YamlNode | undefined, to: (name: string) => string | undefined): YamlNode | undefined {
  const name = node?.text();
  const after = name === undefined ? undefined : to(name);
  return node && after !== undefined && after !== name ? scalarAt(node, after) : node;
}
