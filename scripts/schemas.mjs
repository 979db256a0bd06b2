// Reads a folder of CRDs and writes what they state, without their prose, into schemas/:
//   npm run schemas -- FOLDER [SYSTEM]
// SYSTEM is the folder of schemas/ to write into; without it, the name of FOLDER. A file SYSTEM-since.json beside FOLDER tells
// which release brought what. A folder with definitions.json (Kubernetes' own kinds) is read from that. Shapes that people have
// a name for are listed, with our words for them, in schemas/SYSTEM/docs.yaml. A folder with folders standard/ and experimental/ holds
// channels of one system; of *.json files, each is one version of a kind, as the catalogue of schemas for Cilium has them.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import { importTypeScript } from './import.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [folder, system = folder && path.basename(path.resolve(folder))] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  console.error(folder === undefined ? 'usage: npm run schemas -- FOLDER [SYSTEM]' : `there is no folder ${folder}`);
  process.exit(2);
}
const { compactCrds, compactDefinitions, compactJsonSchemas } = await importTypeScript('server/src/schema/compact.ts');

// What mesh manifests refer to or stand beside; the rest of Kubernetes would only add weight.
const KUBERNETES_KINDS = new Set(
  'Service Namespace Pod Deployment StatefulSet DaemonSet ReplicaSet Job CronJob ServiceAccount Secret ConfigMap NetworkPolicy Ingress EndpointSlice'.split(
    ' ',
  ),
);

// JSON schemas state neither the spelling of a kind nor its scope.
const NAMESPACED_OF_CILIUM = new Set(
  'CiliumNetworkPolicy CiliumEnvoyConfig CiliumLocalRedirectPolicy CiliumEndpoint CiliumNodeConfig'.split(' '),
);
const KINDS_OF_CILIUM = [
  ...NAMESPACED_OF_CILIUM,
  ...'CiliumClusterwideNetworkPolicy CiliumClusterwideEnvoyConfig CiliumCIDRGroup CiliumEgressGatewayPolicy CiliumEndpointSlice'.split(' '),
  ...'CiliumExternalWorkload CiliumIdentity CiliumL2AnnouncementPolicy CiliumLoadBalancerIPPool CiliumNode CiliumPodIPPool'.split(' '),
  ...'CiliumBGPAdvertisement CiliumBGPClusterConfig CiliumBGPNodeConfig CiliumBGPNodeConfigOverride'.split(' '),
  ...'CiliumBGPPeerConfig CiliumBGPPeeringPolicy'.split(' '),
];

const target = path.join(root, 'schemas', system);
mkdirSync(target, { recursive: true });
const shapes = namedShapes();
const missing = new Map(shapes.map((it) => [it, 0]));
const options = { shapes, ...releases(), onMissing: (shape) => missing.set(shape, missing.get(shape) + 1) };
const written = new Map();
/** By channel, as `written`. */
const inChannels = new Map();
const channels = ['standard', 'experimental'].filter((it) => existsSync(path.join(folder, it)));
if (existsSync(path.join(folder, 'definitions.json'))) {
  const document = corrected(JSON.parse(readFileSync(path.join(folder, 'definitions.json'), 'utf8')));
  write(
    `${system}.json`,
    compactDefinitions(document, (kind) => KUBERNETES_KINDS.has(kind), options),
  );
} else if (channels.length > 0) {
  for (const channel of channels) {
    for (const [group, crds] of groupsOf(path.join(folder, channel))) {
      if (channel === 'standard') write(`${group}.json`, compactCrds(crds, options));
      else write(`${channel}/${group}.json`, compactCrds(crds, options), channel);
    }
  }
} else if (readdirSync(folder).some((it) => it.endsWith('.json'))) {
  for (const [group, versions] of versionSchemas(folder)) write(`${group}.json`, compactJsonSchemas(versions, options));
} else {
  for (const [group, crds] of groupsOf(folder)) write(`${group}.json`, compactCrds(crds, options));
}
for (const [{ name, at }, times] of missing)
  if (times > 0 && times >= Math.max(1, channels.length)) console.warn(`shape ${name}: there is no ${at}`);
writeIndex();

/** Kubernetes' own kinds are judged by code, not by these definitions, which in places ask for more than the code does. */
function corrected(document) {
  const of = (name) => Object.entries(document.definitions).find(([key]) => key.endsWith(`.${name}`))?.[1];
  const forgive = (name, field) => {
    const definition = of(name);
    if (definition?.required) definition.required = definition.required.filter((it) => it !== field);
  };
  // Kustomize fills selectors in from its labels, in bases that lack them.
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']) forgive(`${kind}Spec`, 'selector');
  forgive('StatefulSetSpec', 'serviceName');
  forgive('EndpointSlice', 'endpoints');
  forgive('HTTPHeader', 'value');
  forgive('Sysctl', 'value');
  forgive('PodFailurePolicyRule', 'onPodConditions');
  addNewer(of);
  for (const [name, field] of [
    ['ServicePort', 'port'],
    ['ContainerPort', 'containerPort'],
  ]) {
    Object.assign(of(name)?.properties[field] ?? {}, { minimum: 1, maximum: 65535 });
  }
  const addressType = of('EndpointSlice')?.properties.addressType;
  if (addressType) addressType.enum = ['IPv4', 'IPv6', 'FQDN'];
  // Repeated keys matter to server-side apply alone, except in a Service's ports.
  for (const [name, definition] of Object.entries(document.definitions)) {
    for (const property of Object.values(definition.properties ?? {})) {
      if (name.endsWith('.ServiceSpec')) continue;
      delete property['x-kubernetes-list-type'];
      delete property['x-kubernetes-list-map-keys'];
    }
  }
  return document;
}

/** Fields that Kubernetes has gained since the definitions were made (they lack what came after 1.26). */
function addNewer(of) {
  const text = { type: 'string' };
  const texts = { type: 'array', items: text };
  const number = { type: 'integer', format: 'int32' };
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const opens = { type: 'array', items: open };
  const reference = (name) => ({ $ref: `#/definitions/${name}` });
  const object = (properties, required = []) => ({ type: 'object', properties, required });
  const appArmor = object({ type: { type: 'string', enum: ['Localhost', 'RuntimeDefault', 'Unconfined'] }, localhostProfile: text }, [
    'type',
  ]);
  const container = {
    restartPolicy: text,
    restartPolicyRules: opens,
    resizePolicy: { type: 'array', items: object({ resourceName: text, restartPolicy: text }) },
  };
  const newer = {
    Container: container,
    EphemeralContainer: container,
    PodSpec: {
      resources: reference('io.k8s.api.core.v1.ResourceRequirements'),
      hostnameOverride: text,
      workloadRef: open,
      schedulingGroup: open,
    },
    ServiceSpec: { trafficDistribution: text },
    PodSecurityContext: { appArmorProfile: appArmor, supplementalGroupsPolicy: text, seLinuxChangePolicy: text },
    SecurityContext: { appArmorProfile: appArmor },
    Lifecycle: { stopSignal: text },
    LifecycleHandler: { sleep: object({ seconds: { type: 'integer', format: 'int64' } }, ['seconds']) },
    Volume: { image: object({ reference: text, pullPolicy: text }) },
    VolumeProjection: { clusterTrustBundle: open, podCertificate: open },
    EnvVarSource: { fileKeyRef: open },
    VolumeMount: { recursiveReadOnly: text },
    PodAffinityTerm: { matchLabelKeys: texts, mismatchLabelKeys: texts },
    JobSpec: { podReplacementPolicy: text, successPolicy: open, managedBy: text, maxFailedIndexes: number, backoffLimitPerIndex: number },
    PersistentVolumeClaimSpec: { volumeAttributesClassName: text },
    EndpointHints: { forNodes: opens },
    ResourceClaim: { request: text },
    PodResourceClaim: { resourceClaimName: text, resourceClaimTemplateName: text },
  };
  for (const [name, fields] of Object.entries(newer)) {
    const properties = of(name)?.properties;
    for (const [field, schema] of Object.entries(fields)) if (properties && !(field in properties)) properties[field] = schema;
  }
}

function namedShapes() {
  const file = path.join(target, 'docs.yaml');
  if (!existsSync(file)) return [];
  const shapes = parse(readFileSync(file, 'utf8'))?.shapes ?? {};
  return Object.entries(shapes).flatMap(([name, { at }]) => [at ?? []].flat().map((place) => ({ name, at: place })));
}

function releases() {
  const file = path.join(folder, '..', `${system}-since.json`);
  if (!existsSync(file)) return { since: () => ({ versions: {}, paths: {} }), oldest: undefined };
  const { baseline, versions, since } = JSON.parse(readFileSync(file, 'utf8'));
  return {
    oldest: baseline,
    since: (kind, group) => ({ versions: versions[`${kind}.${group}`] ?? {}, paths: since[`${kind}.${group}`] ?? {} }),
  };
}

function groupsOf(from) {
  const groups = new Map();
  for (const name of readdirSync(from).sort()) {
    if (!/\.ya?ml$/.test(name)) continue;
    for (const document of parseAllDocuments(readFileSync(path.join(from, name), 'utf8'))) {
      const crd = document.toJS();
      if (crd?.kind !== 'CustomResourceDefinition') continue;
      const { group } = crd.spec;
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(crd);
    }
  }
  return groups;
}

/** Kinds as their JSON schemas call them, which is in lower case; only those listed are read. */
function versionSchemas(from) {
  const groups = new Map();
  for (const name of readdirSync(from).sort()) {
    const [, lowered, version] = /^(\w+?)_(v\w+)\.json$/.exec(name) ?? [];
    const kind = KINDS_OF_CILIUM.find((it) => it.toLowerCase() === lowered);
    if (kind === undefined) continue;
    const group = 'cilium.io';
    if (!groups.has(group)) groups.set(group, []);
    const schema = widened(JSON.parse(readFileSync(path.join(from, name), 'utf8')));
    groups.get(group).push({ group, kind, version, namespaced: NAMESPACED_OF_CILIUM.has(kind), schema });
  }
  return groups;
}

/** Agents of Cilium take entities and protocols that CRDs of some versions lack; rules know which version has which. */
function widened(node) {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node.enum) && node.enum.includes('kube-apiserver')) node.enum.splice(2, 0, 'world-ipv4', 'world-ipv6');
  if (Array.isArray(node.enum) && node.enum.join() === 'TCP,UDP,SCTP,ANY')
    node.enum.push('VRRP', 'IGMP', 'GRE', 'IPIP', 'IPV6', 'ESP', 'AH');
  for (const value of Object.values(node)) widened(value);
  return node;
}

function write(name, file, channel) {
  const text = layOut(file);
  mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
  writeFileSync(path.join(target, name), text);
  if (channel !== undefined && !inChannels.has(channel)) inChannels.set(channel, new Map());
  for (const { group } of file.kinds) (channel === undefined ? written : inChannels.get(channel)).set(group, `${system}/${name}`);
  console.log(
    `schemas/${system}/${name}  ${file.kinds.length} kinds, ${Object.keys(file.types).length} types, ${Math.round(text.length / 1024)} kB`,
  );
}

/** One line a kind and a type, so that a difference is readable. */
function layOut({ kinds, types }) {
  const kindLines = kinds.map((kind) => `    ${JSON.stringify(kind)}`);
  const typeLines = Object.entries(types).map(([name, type]) => `    ${JSON.stringify(name)}: ${JSON.stringify(type)}`);
  return `{\n  "kinds": [\n${kindLines.join(',\n')}\n  ],\n  "types": {\n${typeLines.join(',\n')}\n  }\n}\n`;
}

function writeIndex() {
  const file = path.join(root, 'schemas/index.json');
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const all = { ...before.channels };
  for (const channel of new Set([...Object.keys(all), ...inChannels.keys()])) {
    all[channel] = replaced(all[channel] ?? {}, inChannels.get(channel) ?? new Map());
  }
  const index = { groups: replaced(before.groups ?? {}, written), channels: all };
  writeFileSync(file, `${JSON.stringify(index, null, 2)}\n`);
}

/** The places of an index, with those of this system written anew. */
function replaced(places, mine) {
  const others = Object.entries(places).filter(([, place]) => !place.startsWith(`${system}/`));
  return Object.fromEntries([...others, ...mine].sort(([a], [b]) => (a < b ? -1 : 1)));
}
