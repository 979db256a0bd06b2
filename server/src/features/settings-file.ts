import { readSettings } from '../rules/configuration.js';
import type { Diagnostic } from '../rules/diagnostic.js';
import { YAML_RULES } from '../rules/documents.js';
import type { MeshModule } from '../rules/module.js';
import type { RuleMeta } from '../rules/rule.js';
import { SCHEMA_RULES } from '../rules/schema.js';
import { UNUSED_IGNORE } from '../rules/suppressions.js';
import { removedButUsed } from '../rules/transition.js';
import { baseName } from '../text/uri.js';
import { nodeAt } from '../yaml/path.js';
import type { Finding } from './actions.js';
import type { Proposal } from './completion.js';
import { readLoosely, type Step } from './context.js';
import type { HoverText } from './hover.js';
import type { Snapshot } from './snapshot.js';

/** Our own file: the settings of a repository. */
export const SETTINGS_FILE = '.meshwright.yaml';

export function isSettingsFile(uri: string): boolean {
  return baseName(uri) === SETTINGS_FILE;
}

/** Every rule that settings may name. */
export function allRules(modules: readonly MeshModule[]): readonly RuleMeta[] {
  return [
    ...Object.values(YAML_RULES),
    ...Object.values(SCHEMA_RULES),
    UNUSED_IGNORE,
    removedButUsed,
    ...modules.flatMap((module) => [...module.rules, ...(module.transitions ?? [])]),
  ];
}

/** What in a settings file has no effect, as it is written right now. */
export function settingsFindings(snapshot: Pick<Snapshot, 'modules' | 'file'>, uri: string): readonly Finding[] {
  const file = snapshot.file(uri);
  if (!file) return [];
  return readSettings(file.text, allRules(snapshot.modules)).problems.map(({ message, range }) => {
    const diagnostic: Diagnostic = {
      rule: 'meshwright/configuration',
      category: 'schema',
      severity: 'warning',
      peers: [],
      message,
      uri,
      range,
      path: '',
      resource: undefined,
      related: [],
      tags: [],
      hasFix: false,
    };
    return { diagnostic, view: undefined, fixes: () => [] };
  });
}

interface Setting {
  readonly docs: string;
  readonly type: string;
  readonly values?: readonly (readonly [value: string, docs: string])[];
  readonly keys?: Readonly<Record<string, Setting>>;
}

const LEVELS = [
  ['error', 'traffic fails or the API server rejects it'],
  ['warning', 'it does something other than it says'],
  ['info', 'worth knowing'],
  ['hint', 'could be tidier'],
  ['off', 'not reported'],
] as const;

const SETTINGS: Readonly<Record<string, Setting>> = {
  world: {
    docs: 'What these manifests are.',
    type: 'open or closed',
    values: [
      ['open', 'the cluster holds more than these files'],
      ['closed', 'these files are all there is: every name that nothing here defines is reported'],
    ],
  },
  owns: {
    docs: 'Namespaces that are complete here, with `*`: unknown names in them are reported in the open world, too.',
    type: 'list of names',
  },
  external: { docs: 'Hosts that exist elsewhere and are never reported, such as `*.example.net`.', type: 'list of hosts' },
  clusterDomain: { docs: 'DNS suffix of services in the cluster.', type: 'text · default cluster.local' },
  istio: {
    docs: 'What is true of Istio here.',
    type: 'map',
    keys: {
      version: { docs: 'Istio version the manifests are for, in quotes: `"1.28"`.', type: 'text' },
      meshConfig: { docs: 'File with the mesh config, as a path from this file.', type: 'path' },
      meshNetworks: { docs: 'File with the mesh networks, as a path from this file.', type: 'path' },
      rootNamespace: { docs: 'Namespace whose policies hold for the whole mesh.', type: 'text · default istio-system' },
      trustDomain: { docs: 'Trust domain that workload identities begin with.', type: 'text · default cluster.local' },
      revisions: { docs: 'Revisions and revision tags that exist in the cluster.', type: 'list of names' },
    },
  },
  'gateway-api': {
    docs: 'What is true of the Gateway API here.',
    type: 'map',
    keys: {
      channel: {
        docs: 'Which of its channels the cluster has: kinds and fields of the experimental one are unknown to the other.',
        type: 'word · default standard',
        values: [
          ['standard', 'what is stable'],
          ['experimental', 'that, and what may still change'],
        ],
      },
    },
  },
  mesh: {
    docs: 'Whose business a route of the Gateway API is that has a Service as its parent. Where it is not set, the mesh that the workspace shows.',
    type: 'word',
    values: [
      ['istio', 'Istio'],
      ['linkerd', 'Linkerd'],
      ['consul', 'Consul'],
      ['kuma', 'Kuma'],
      ['cilium', 'Cilium'],
    ],
  },
  linkerd: {
    docs: 'What is true of Linkerd here.',
    type: 'map',
    keys: {
      clusterDomain: { docs: 'DNS suffix of services in the cluster.', type: 'text · default cluster.local' },
      identityTrustDomain: { docs: 'Trust domain that identities of workloads end in.', type: 'text · default the domain of the cluster' },
      controlPlaneNamespace: { docs: 'Namespace of the control plane, which is part of every identity.', type: 'text · default linkerd' },
      clusterNetworks: { docs: 'Address ranges of the cluster, which an EgressNetwork has to keep out of.', type: 'list of ranges' },
      defaultInboundPolicy: {
        docs: 'Who may reach ports that no Server covers.',
        type: 'word · default all-unauthenticated',
        values: [
          ['all-unauthenticated', 'everybody'],
          ['all-authenticated', 'clients in the mesh'],
          ['cluster-unauthenticated', 'clients in the networks of the cluster'],
          ['cluster-authenticated', 'clients in the mesh and in the networks of the cluster'],
          ['deny', 'nobody'],
          ['audit', 'everybody, and it is logged'],
        ],
      },
      globalEgressNamespace: {
        docs: 'Namespace whose EgressNetworks hold for clients of every namespace.',
        type: 'text · default linkerd-egress',
      },
    },
  },
  kuma: {
    docs: 'What is true of Kuma here.',
    type: 'map',
    keys: {
      version: {
        docs: 'Kuma version the manifests are for: `"2.14"` stands for 2.10 to 2.14, `"3.0"` for what comes then.',
        type: 'text · default 2.14',
      },
      mode: {
        docs: 'Which control plane the manifests are for.',
        type: 'word · default standalone',
        values: [
          ['standalone', 'the only one'],
          ['zone', 'that of a zone, below a global one'],
          ['global', 'the global one, above those of zones'],
        ],
      },
      systemNamespace: {
        docs: 'Namespace of the control plane, whose policies are for every namespace.',
        type: 'text · default kuma-system',
      },
    },
  },
  cilium: {
    docs: 'What is true of Cilium here.',
    type: 'map',
    keys: {
      version: { docs: 'Cilium version the manifests are for, in quotes: `"1.19"`.', type: 'text · default 1.19' },
      l7Proxy: {
        docs: 'Whether agents run Envoy and the DNS proxy, which rules about requests need.',
        type: 'true or false · default true',
      },
      nodeSelectorLabels: { docs: 'Whether policies may name nodes as peers.', type: 'true or false' },
      extendedIPProtocols: {
        docs: 'Whether policies may name protocols without ports, such as GRE.',
        type: 'true or false · default false',
      },
      policyEnforcement: {
        docs: 'When pods refuse what no policy allows.',
        type: 'word · default default',
        values: [
          ['default', 'as soon as a policy is about them'],
          ['always', 'also where none is'],
          ['never', 'policies are not enforced'],
        ],
      },
      mutualAuth: { docs: 'Whether mutual authentication is turned on.', type: 'true or false' },
      clusterMesh: { docs: 'Whether several clusters are joined.', type: 'true or false · default false' },
      podCIDRs: { docs: 'Ranges that pods get their addresses from.', type: 'list of ranges' },
      dnsCheck: {
        docs: 'Whether policies that allow nothing but address ranges need DNS.',
        type: 'word · default on',
        values: [
          ['on', 'they do, like all others'],
          ['off', 'they do not'],
        ],
      },
    },
  },
  consul: {
    docs: 'What is true of Consul here.',
    type: 'map',
    keys: {
      edition: {
        docs: 'Which edition the cluster runs: namespaces and partitions need Enterprise.',
        type: 'word · default oss',
        values: [
          ['oss', 'the open-source edition'],
          ['enterprise', 'Consul Enterprise'],
        ],
      },
      mirroring: {
        docs: 'Whether each Kubernetes namespace has a Consul namespace of its own, with Enterprise.',
        type: 'true or false · default false',
      },
      acls: { docs: 'Whether ACLs are on: service accounts then bear the names of their services.', type: 'true or false · default false' },
      localPartition: { docs: 'Admin partition of this cluster, with Enterprise.', type: 'text · default default' },
      defaultInject: {
        docs: 'Whether pods without the annotation are injected (connectInject.default of the chart).',
        type: 'true or false · default false',
      },
      transparentProxy: { docs: 'Whether proxies are transparent unless pods say otherwise.', type: 'true or false · default true' },
    },
  },
  rules: { docs: 'Severity by rule, category or code of another tool.', type: 'map' },
  overrides: { docs: 'Other severities for some files: a list of `files` (globs) and `rules`.', type: 'list' },
  files: {
    docs: 'Which files are read.',
    type: 'map',
    keys: {
      exclude: { docs: 'Globs of files that are passed over, besides those of `.gitignore`.', type: 'list of globs' },
      maxSize: { docs: 'Largest file to read whole, in MB.', type: 'number · default 10' },
    },
  },
  scopes: { docs: 'What is applied together, where discovery is wrong: a list of `name`, `files` (globs) and `namespace`.', type: 'list' },
  baseline: { docs: 'File with findings that are known and not reported again.', type: 'path' },
  failOn: {
    docs: 'Severity from which on the command line exits with 1.',
    type: 'severity · default warning',
    values: [...LEVELS.slice(0, 3), ['never', 'always exits with 0']],
  },
};

/** Keys and values of a settings file; ids of rules below `rules`. */
export function settingsProposals(snapshot: Snapshot, uri: string, offset: number): readonly Proposal[] {
  const file = snapshot.file(uri);
  const { place } = readLoosely(file?.text ?? '', offset);
  if (!place) return [];
  const { path, siblings } = place;
  const lead = place.needsBlank ? ' ' : '';
  const propose = (label: string, detail: string, docs: string | undefined, text: string, sort: 'key' | 'enum', i: number): Proposal => ({
    label,
    detail,
    filter: undefined,
    sortText: `!0${String(i).padStart(4, '0')}`,
    sort,
    deprecated: false,
    preselect: false,
    text: lead + text,
    isSnippet: false,
    insert: place.insert,
    replace: place.replace,
    goesOn: sort === 'key' && !place.hasColon,
    docs: docs === undefined ? undefined : { apiVersion: '', kind: '', path: [], text: docs },
    also: [],
  });
  const colon = place.hasColon ? '' : ': ';
  if (place.sort !== 'value') {
    const keys = keysAt(path);
    if (keys) {
      const free = Object.entries(keys).filter(([key]) => !siblings.has(key));
      return free.map(([key, it], i) => propose(key, it.type, it.docs, key + colon, 'key', i));
    }
    if (isRules(path)) {
      const free = allRules(snapshot.modules).filter((it) => !siblings.has(it.id));
      return free.map((it, i) => propose(it.id, it.severity, it.title, it.id + colon, 'key', i));
    }
  }
  const values = isRules(path.slice(0, -1)) ? LEVELS : settingAt(path)?.values;
  return (values ?? []).map(([value, docs], i) => propose(value, docs, undefined, value, 'enum', i));
}

/** What a key of a settings file does; of a rule, what it is about. */
export function settingsHover(snapshot: Snapshot, uri: string, offset: number): HoverText | undefined {
  const root = snapshot.file(uri)?.slots[0]?.document.parse().root;
  const steps = root ? nodeAt(root, offset) : [];
  const last = steps[steps.length - 1];
  if (!last?.onKey || !last.entry) return undefined;
  const path = steps.slice(1).map((it) => it.index ?? it.entry!.key);
  const rule = isRules(path.slice(0, -1)) ? allRules(snapshot.modules).find((it) => it.id === last.entry!.key) : undefined;
  const setting = settingAt(path);
  const lines = rule
    ? [`**${rule.id}** · ${rule.severity}`, rule.title, rule.why]
    : setting
      ? [`**${last.entry.key}** · ${setting.type}`, setting.docs]
      : [];
  return lines.length === 0 ? undefined : { markdown: lines.join('\\\n'), range: last.entry.keyRange };
}

function keysAt(path: readonly Step[]): Readonly<Record<string, Setting>> | undefined {
  return path.length === 0 ? SETTINGS : settingAt(path)?.keys;
}

function settingAt(path: readonly Step[]): Setting | undefined {
  let keys: Readonly<Record<string, Setting>> | undefined = SETTINGS;
  let found: Setting | undefined;
  for (const step of path) {
    found = keys && Object.hasOwn(keys, step) ? keys[step] : undefined;
    keys = found?.keys;
  }
  return found;
}

/** `rules`, and `rules` of an override. */
function isRules(path: readonly Step[]): boolean {
  return (path.length === 1 && path[0] === 'rules') || (path.length === 3 && path[0] === 'overrides' && path[2] === 'rules');
}
