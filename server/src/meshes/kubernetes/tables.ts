import { namespaceKey } from '../../model/resource.js';
import { defineTable } from '../../index/tables.js';
import type { Labels } from '../../model/selectors.js';
import type { Range } from '../../text/range.js';
import type { Validity } from './x509.js';

export interface ServicePort {
  readonly name: string | undefined;
  readonly number: number | undefined;
  readonly protocol: string;
  readonly appProtocol: string | undefined;
  /** Number or name of a container port; undefined: the same as `number`. */
  readonly targetPort: number | string | undefined;
}

export type Service = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly ports: readonly ServicePort[];
  /** Undefined: no selector, endpoints come from elsewhere. */
  readonly selector: Labels | undefined;
  readonly serviceType: string;
  readonly headless: boolean;
  readonly labels: Labels;
  /** Namespaces of annotation `networking.istio.io/exportTo`; empty: all. */
  readonly exportTo: readonly string[];
  /** A template or a patch left something of it unknown: absence of a port or label proves nothing. */
  readonly incomplete: boolean;
};

export interface ContainerPort {
  readonly name: string | undefined;
  readonly number: number | undefined;
  readonly protocol: string;
}

/** A health check that the kubelet makes by HTTP. */
export interface HttpProbe {
  readonly path: string;
  /** Number or name of a container port. */
  readonly port: number | string;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly ContainerPort[];
  readonly probes: readonly HttpProbe[];
  readonly hasReadinessProbe: boolean;
  readonly init: boolean;
}

/** Something that makes pods: the pod template counts as a pod of the workload's namespace. */
export type Workload = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Labels of its pods. */
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly serviceAccount: string;
  readonly hostNetwork: boolean;
  readonly containers: readonly Container[];
  /** A template hides containers or their ports: absence of one proves nothing. */
  readonly containersIncomplete: boolean;
  readonly replicas: number;
  /** What a pod's containers ask for together; undefined where one does not say, or a template does. */
  readonly requests: { readonly milliCpu: number | undefined; readonly bytes: number | undefined };
  /** Where its template says something about injection: the label, the annotation, `hostNetwork`. */
  readonly injectionRange: Range | undefined;
  /** A Pod document exported from a cluster (has a phase, a uid, an owner or a node). */
  readonly live: boolean;
  /** Some of its labels or annotations are filled in by a template: absence of one proves nothing. */
  readonly incomplete: boolean;
};

export type NamespaceFacts = {
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Where it says something about injection: the first label that does. */
  readonly injectionRange: Range | undefined;
  /** A patch or a template may add labels: absence of one proves nothing. */
  readonly incomplete: boolean;
};

export type SecretFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly secretType: string;
  /** Names of its keys; never values. */
  readonly keys: readonly string[];
  /** Made by a controller (cert-manager, ExternalSecret, SealedSecret …): its keys are not known. */
  readonly generatedBy: string | undefined;
  /** When its certificate (`tls.crt`, `cert`) holds; undefined where it has none, or a template or a placeholder stands for it. */
  readonly certificate: Validity | 'unreadable' | undefined;
  /** A template may add keys. */
  readonly incomplete: boolean;
};

export type Named = { readonly name: string; readonly namespace: string | undefined };

/** Services by `namespace/name`; the namespace is `?` where the manifest leaves it out. */
export const services = defineTable<Service>('kubernetes/services');
/** Services by name alone, whatever their namespace. */
export const servicesByName = defineTable<Named>('kubernetes/servicesByName');
/** Services by namespace (`?`: unknown), with the label under which `servicesBySelector` holds them. */
export const servicesIn = defineTable<Named & { readonly selectedBy: string | undefined }>('kubernetes/servicesIn');

/** Services with a selector by `namespace/key=value` of its first pair (keys sorted): whoever asks for a workload's Services has few to look at. */
export const servicesBySelector = defineTable<Service>('kubernetes/servicesBySelector');

/** Services that a controller makes from another resource while it runs (Flagger), by `namespace/name`. */
export const generatedServices = defineTable<Named>('kubernetes/generatedServices');

/** Ports of services by `namespace/name:number`. */
export const servicePorts = defineTable<ServicePort>('kubernetes/servicePorts');

/** Namespace resources by name. */
export const namespaces = defineTable<NamespaceFacts>('kubernetes/namespaces');
/** Every Namespace resource, under the one key ``. */
export const allNamespaces = defineTable<NamespaceFacts>('kubernetes/allNamespaces');

/** Workloads by `namespace/Kind/name`, as `workloadKey` builds it. */
export const workloads = defineTable<Workload>('kubernetes/workloads');

export function workloadKey({ namespace, kind, name }: Pick<Workload, 'namespace' | 'kind' | 'name'>): string {
  return `${namespaceKey(namespace)}/${kind}/${name}`;
}

/**
 * Workloads by `namespace/key=value` and by `*\/key=value` for each of their pods' labels, and by `namespace/` and `*\/` for all; those with
 * a label `istio`, as gateways have it, also by `*\/istio`.
 */
export const workloadsByLabel = defineTable<Workload>('kubernetes/workloadsByLabel');

/** Workloads some of whose labels or annotations a template hides, by namespace and under `*`: any selector may pick them. */
export const hiddenWorkloads = defineTable<Workload>('kubernetes/hiddenWorkloads');

/** Service accounts by `namespace/name`. */
export const serviceAccounts = defineTable<Named>('kubernetes/serviceAccounts');
/** Service accounts by namespace. */
export const serviceAccountsIn = defineTable<Named>('kubernetes/serviceAccountsIn');
/** Service accounts by name alone. */
export const accountsByName = defineTable<Named>('kubernetes/accountsByName');
/** Workloads by the service account they run as, `namespace/name`. */
export const workloadsOfAccount = defineTable<Workload>('kubernetes/workloadsOfAccount');

/** Secrets, and what will make one, by `namespace/name`. */
export const secrets = defineTable<SecretFacts>('kubernetes/secrets');
/** Secrets by name alone. */
export const secretsByName = defineTable<SecretFacts>('kubernetes/secretsByName');
/** Secrets by namespace. */
export const secretsIn = defineTable<SecretFacts>('kubernetes/secretsIn');

/** A label selector with expressions; everything in it must hold. */
export interface LabelSelector {
  readonly matchLabels: Labels;
  readonly matchExpressions: readonly { readonly key: string; readonly operator: string; readonly values: readonly string[] }[];
}

export type WebhookFacts = {
  readonly configuration: string;
  readonly name: string;
  /** Labels of the configuration. */
  readonly labels: Labels;
  readonly namespaceSelector: LabelSelector;
  readonly objectSelector: LabelSelector;
};

/** Mutating webhooks, under the one key ``: a cluster has few. */
export const mutatingWebhooks = defineTable<WebhookFacts>('kubernetes/mutatingWebhooks');

/** Config maps by `namespace/name`, with the values of Istio's own (mesh config is read from them); other values are left out. */
export const configMaps = defineTable<Named & { readonly data: Labels }>('kubernetes/configMaps');
/** Config maps whose name starts with `istio`, under the one key ``. */
export const istioConfigMaps = defineTable<Named & { readonly data: Labels }>('kubernetes/istioConfigMaps');

/** What shows that a mesh is at work here, by the mesh's id: a resource of its own kinds, an annotation that it reads. */
export const meshSigns = defineTable<null>('kubernetes/meshSigns');

export interface NetworkPeer {
  readonly cidr: string | undefined;
  /** Undefined: every pod of the namespaces. */
  readonly pods: LabelSelector | undefined;
  /** Undefined: the policy's own, for pods. */
  readonly namespaces: LabelSelector | undefined;
}

export interface NetworkPort {
  /** Undefined: every port of the protocol. */
  readonly port: number | string | undefined;
  readonly endPort: number | undefined;
  readonly protocol: string;
}

/** An item of a NetworkPolicy's `ingress` or `egress`. */
export interface NetworkRule {
  /** Undefined: anybody. */
  readonly peers: readonly NetworkPeer[] | undefined;
  /** Undefined: any port. */
  readonly ports: readonly NetworkPort[] | undefined;
}

export type NetworkPolicyFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly selector: LabelSelector;
  /** Undefined: it says nothing about what comes in. An empty list denies all. */
  readonly ingress: readonly NetworkRule[] | undefined;
  readonly egress: readonly NetworkRule[] | undefined;
  /** A template hides some of it. */
  readonly incomplete: boolean;
};

/** NetworkPolicies by `namespace/key=value` of the first pair of their selector (sorted), `namespace/` where it has none. */
export const networkPolicies = defineTable<NetworkPolicyFacts>('kubernetes/networkPolicies');

export const tables = [
  networkPolicies,
  meshSigns,
  services,
  servicesByName,
  servicesIn,
  servicesBySelector,
  generatedServices,
  servicePorts,
  namespaces,
  allNamespaces,
  workloads,
  workloadsByLabel,
  hiddenWorkloads,
  serviceAccounts,
  serviceAccountsIn,
  accountsByName,
  workloadsOfAccount,
  secrets,
  secretsByName,
  secretsIn,
  configMaps,
  istioConfigMaps,
  mutatingWebhooks,
];
