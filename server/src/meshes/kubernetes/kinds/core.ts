import type { YamlMap } from '../../../yaml/node.js';
import { defineKind, type Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { toLabels } from '../../../model/selectors.js';
import type { Range } from '../../../text/range.js';
import {
  accountsByName,
  allNamespaces,
  configMaps,
  istioConfigMaps,
  namespaces,
  secrets,
  secretsByName,
  secretsIn,
  serviceAccounts,
  serviceAccountsIn,
  type SecretFacts,
} from '../tables.js';
import { validityOfData, validityOfPem } from '../x509.js';

export const namespace = defineKind({
  group: '',
  kind: 'Namespace',
  versions: ['v1'],
  shortNames: ['ns'],
  namespaced: false,
  system: 'kubernetes',
  extract(resource, emit) {
    if (resource.name === '') return;
    const at = resource.root.get('metadata.name')!;
    const data = {
      name: resource.name,
      labels: toLabels(resource.labels),
      annotations: toLabels(resource.annotations),
      injectionRange: injectionRange(resource),
      incomplete:
        resource.partial || hasUnknownEntries(resource.root.map('metadata.labels')) || resource.root.map('metadata')?.partial === true,
    };
    emit.define(namespaces, resource.name, at, data);
    emit.define(allNamespaces, '', at, data);
  },
});

function hasUnknownEntries(map: YamlMap | undefined): boolean {
  return (
    map !== undefined &&
    (map.partial || map.entries.some((entry) => entry.keyOpaque || (entry.value.type === 'scalar' && entry.value.opaque)))
  );
}

function injectionRange(resource: Resource): Range | undefined {
  const labels = resource.root.map('metadata.labels');
  const node = ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'].flatMap((label) => labels?.entry(label)?.value ?? [])[0];
  return node && { start: node.start, end: node.end };
}

export const serviceAccount = defineKind({
  group: '',
  kind: 'ServiceAccount',
  versions: ['v1'],
  shortNames: ['sa'],
  system: 'kubernetes',
  extract(resource, emit) {
    if (resource.name === '') return;
    const at = resource.root.get('metadata.name')!;
    const data = { name: resource.name, namespace: resource.namespace };
    emit.define(serviceAccounts, `${namespaceKey(resource.namespace)}/${resource.name}`, at, data);
    emit.define(serviceAccountsIn, namespaceKey(resource.namespace), at, data);
    emit.define(accountsByName, resource.name, at, data);
  },
});

function defineSecret(
  resource: Resource,
  emit: Emit,
  name: string | undefined,
  secretType: string,
  keys: readonly string[],
  generatedBy: string | undefined,
  path = 'metadata.name',
  certificate: SecretFacts['certificate'] = undefined,
  incomplete = false,
): void {
  if (name === undefined || name === '') return;
  const at = resource.root.get(path) ?? resource.root;
  const data: SecretFacts = { name, namespace: resource.namespace, secretType, keys, generatedBy, certificate, incomplete };
  emit.define(secrets, `${namespaceKey(resource.namespace)}/${name}`, at, data);
  emit.define(secretsByName, name, at, data);
  emit.define(secretsIn, namespaceKey(resource.namespace), at, data);
}

export const secret = defineKind({
  group: '',
  kind: 'Secret',
  versions: ['v1'],
  system: 'kubernetes',
  extract(resource, emit) {
    // Names of keys only, and when the certificate holds: values of secrets stay out of facts, caches and messages.
    const maps = [resource.root.map('data'), resource.root.map('stringData')].flatMap((map) => map ?? []);
    const entries = maps.flatMap((map) => map.entries);
    const keys = entries.flatMap(({ key, value }) => (value.type === 'scalar' && !value.opaque && !value.value ? [] : [key]));
    const incomplete = resource.partial || maps.some((map) => map.partial) || entries.some((entry) => entry.keyOpaque);
    defineSecret(
      resource,
      emit,
      resource.name,
      resource.root.text('type') ?? 'Opaque',
      keys,
      undefined,
      undefined,
      certificateIn(resource),
      incomplete,
    );
  },
});

function certificateIn({ root }: Resource): SecretFacts['certificate'] {
  for (const [field, read] of [
    ['data', validityOfData],
    ['stringData', validityOfPem],
  ] as const) {
    const node = root.map(field)?.entry('cert')?.value ?? root.map(field)?.entry('tls.crt')?.value;
    const text = node?.text();
    if (text !== undefined && text !== '') return isPlaceholder(text) ? undefined : (read(text) ?? 'unreadable');
  }
  return undefined;
}

/** `REPLACE_ME`, `<base64 of the certificate>`, `…`: what people write where a value must not be committed. */
function isPlaceholder(text: string): boolean {
  return text.length < 200 && !/^[A-Za-z0-9+/\s]{16,}=*\s*$/.test(text);
}

export const certificate = defineKind({
  group: 'cert-manager.io',
  kind: 'Certificate',
  versions: ['v1'],
  shortNames: ['cert'],
  system: 'kubernetes',
  extract: (resource, emit) =>
    defineSecret(
      resource,
      emit,
      resource.root.text('spec.secretName'),
      'kubernetes.io/tls',
      ['tls.crt', 'tls.key', 'ca.crt'],
      'cert-manager',
      'spec.secretName',
    ),
});

export const externalSecret = defineKind({
  group: 'external-secrets.io',
  kind: 'ExternalSecret',
  versions: ['v1', 'v1beta1'],
  shortNames: ['es'],
  system: 'kubernetes',
  extract: (resource, emit) =>
    defineSecret(resource, emit, resource.root.text('spec.target.name') ?? resource.name, '', [], 'External Secrets'),
});

export const sealedSecret = defineKind({
  group: 'bitnami.com',
  kind: 'SealedSecret',
  versions: ['v1alpha1'],
  system: 'kubernetes',
  extract: (resource, emit) =>
    defineSecret(resource, emit, resource.root.text('spec.template.metadata.name') ?? resource.name, '', [], 'Sealed Secrets'),
});

export const configMap = defineKind({
  group: '',
  kind: 'ConfigMap',
  versions: ['v1'],
  shortNames: ['cm'],
  system: 'kubernetes',
  extract(resource, emit) {
    if (resource.name === '') return;
    const at = resource.root.get('metadata.name')!;
    const data = resource.name.startsWith('istio') ? toLabels(rawTexts(resource.root.map('data'))) : {};
    const facts = { name: resource.name, namespace: resource.namespace, data };
    emit.define(configMaps, `${namespaceKey(resource.namespace)}/${resource.name}`, at, facts);
    if (resource.name.startsWith('istio')) emit.define(istioConfigMaps, '', at, facts);
  },
});

/** Texts of a data map, those with `$(HOST_IP)` too: there it is for whoever reads the text later, not for whoever applies it. */
function rawTexts(map: YamlMap | undefined): ReadonlyMap<string, string> {
  const texts = new Map(map?.texts() ?? []);
  for (const { key, keyOpaque, value } of map?.entries ?? []) {
    if (!keyOpaque && value.type === 'scalar' && value.opaque && typeof value.value === 'string' && /\$[({]/.test(value.value))
      texts.set(key, value.value);
  }
  return texts;
}

/** Read for what meshes write on it, which few manifests of Nodes have. */
export const node = defineKind({
  group: '',
  kind: 'Node',
  namespaced: false,
  versions: ['v1'],
  shortNames: ['no'],
  system: 'kubernetes',
  concerns: (text) => text.includes('cilium'),
});
