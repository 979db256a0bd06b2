import { parseDocument } from '../../yaml/parse.js';

/** What the value of an annotation has to look like. */
export type AnnotationValue =
  | { readonly type: 'bool' | 'uint32' | 'quantity' | 'port' | 'interfaceList' | 'proxyConfigYaml' }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  | { readonly type: 'portList' | 'cidrList'; readonly wildcard: boolean };

export interface AnnotationFacts {
  readonly status: 'alpha' | 'beta' | 'stable';
  /** Kinds it may stand on; `Pod` means pod templates too, `Any` every kind. */
  readonly on: readonly string[];
  readonly deprecated?: boolean;
  readonly replacedBy?: string;
  /** Written by Istio itself, not by people. */
  readonly writtenBySystem?: boolean;
  /** Undefined: any text. */
  readonly value?: AnnotationValue;
}

/** Annotations that Istio 1.32 knows. */
export const ANNOTATIONS: Readonly<Record<string, AnnotationFacts>> = {
  'alpha.istio.io/canonical-serviceaccounts': { status: 'alpha', on: ['Service'], deprecated: true },
  'alpha.istio.io/kubernetes-serviceaccounts': { status: 'alpha', on: ['Service'], deprecated: true },
  'ambient.istio.io/bypass-inbound-capture': { status: 'alpha', on: ['Pod'] },
  'ambient.istio.io/dns-capture': { status: 'alpha', on: ['Pod'] },
  'ambient.istio.io/redirection': { status: 'beta', on: ['Pod'], writtenBySystem: true },
  'ambient.istio.io/waypoint-inbound-binding': { status: 'alpha', on: ['GatewayClass', 'Gateway'] },
  'galley.istio.io/analyze-suppress': { status: 'alpha', on: ['Any'] },
  'gateway.istio.io/controller-version': { status: 'alpha', on: ['Any'], writtenBySystem: true },
  'gateway.istio.io/name-override': { status: 'alpha', on: ['Gateway'] },
  'gateway.istio.io/service-account': { status: 'alpha', on: ['Gateway'] },
  'inject.istio.io/templates': { status: 'alpha', on: ['Pod'] },
  'istio.io/autoRegistrationGroup': { status: 'alpha', on: ['WorkloadEntry'], writtenBySystem: true },
  'istio.io/connectedAt': { status: 'alpha', on: ['WorkloadEntry'], writtenBySystem: true },
  'istio.io/disconnectedAt': { status: 'alpha', on: ['WorkloadEntry'], writtenBySystem: true },
  'istio.io/dry-run': { status: 'alpha', on: ['AuthorizationPolicy'] },
  'istio.io/reroute-virtual-interfaces': { status: 'alpha', on: ['Pod'], value: { type: 'interfaceList' } },
  'istio.io/rev': { status: 'alpha', on: ['Pod'], writtenBySystem: true },
  'istio.io/use-waypoint-canary-weight': { status: 'alpha', on: ['Service', 'ServiceEntry', 'Namespace'] },
  'istio.io/workloadController': { status: 'alpha', on: ['WorkloadEntry'], writtenBySystem: true },
  'kubernetes.io/ingress.class': { status: 'stable', on: ['Ingress'] },
  'networking.istio.io/exportTo': { status: 'alpha', on: ['Service'] },
  'networking.istio.io/service-type': { status: 'alpha', on: ['Gateway'] },
  'networking.istio.io/traffic-distribution': { status: 'alpha', on: ['Namespace', 'Service', 'ServiceEntry'] },
  'prometheus.istio.io/merge-metrics': { status: 'alpha', on: ['Pod'], value: { type: 'bool' } },
  'proxy.istio.io/config': { status: 'beta', on: ['Pod'], value: { type: 'proxyConfigYaml' } },
  'proxy.istio.io/overrides': { status: 'alpha', on: ['Pod'], writtenBySystem: true },
  'readiness.status.sidecar.istio.io/applicationPorts': { status: 'alpha', on: ['Pod'] },
  'readiness.status.sidecar.istio.io/failureThreshold': { status: 'alpha', on: ['Pod'], value: { type: 'uint32' } },
  'readiness.status.sidecar.istio.io/initialDelaySeconds': { status: 'alpha', on: ['Pod'], value: { type: 'uint32' } },
  'readiness.status.sidecar.istio.io/periodSeconds': { status: 'alpha', on: ['Pod'], value: { type: 'uint32' } },
  'sidecar.istio.io/agentLogLevel': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/bootstrapOverride': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/componentLogLevel': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/discoveryAddress': {
    status: 'alpha',
    on: ['Pod'],
    deprecated: true,
    replacedBy: 'proxy.istio.io/config (discoveryAddress)',
  },
  'sidecar.istio.io/extraStatTags': { status: 'alpha', on: ['Pod'], deprecated: true },
  'sidecar.istio.io/inject': { status: 'beta', on: ['Pod'], deprecated: true, replacedBy: 'label sidecar.istio.io/inject' },
  'sidecar.istio.io/interceptionMode': { status: 'alpha', on: ['Pod'], value: { type: 'enum', values: ['REDIRECT', 'TPROXY', 'NONE'] } },
  'sidecar.istio.io/logLevel': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/nativeSidecar': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/proxyCPU': { status: 'alpha', on: ['Pod'], value: { type: 'quantity' } },
  'sidecar.istio.io/proxyCPULimit': { status: 'alpha', on: ['Pod'], value: { type: 'quantity' } },
  'sidecar.istio.io/proxyImage': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/proxyImageType': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/proxyMemory': { status: 'alpha', on: ['Pod'], value: { type: 'quantity' } },
  'sidecar.istio.io/proxyMemoryLimit': { status: 'alpha', on: ['Pod'], value: { type: 'quantity' } },
  'sidecar.istio.io/rewriteAppHTTPProbers': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/statsCompression': { status: 'alpha', on: ['Pod'], deprecated: true },
  'sidecar.istio.io/statsEvictionInterval': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/statsFlushInterval': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/statsHistogramBins': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/statsHistogramBuckets': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/statsInclusionPrefixes': { status: 'alpha', on: ['Pod'], deprecated: true },
  'sidecar.istio.io/statsInclusionRegexps': { status: 'alpha', on: ['Pod'], deprecated: true },
  'sidecar.istio.io/statsInclusionSuffixes': { status: 'alpha', on: ['Pod'], deprecated: true },
  'sidecar.istio.io/status': { status: 'alpha', on: ['Pod'], writtenBySystem: true },
  'sidecar.istio.io/userVolume': { status: 'alpha', on: ['Pod'] },
  'sidecar.istio.io/userVolumeMount': { status: 'alpha', on: ['Pod'] },
  'status.sidecar.istio.io/port': { status: 'alpha', on: ['Pod'], value: { type: 'port' } },
  'topology.istio.io/controlPlaneClusters': { status: 'alpha', on: ['Namespace'] },
  'traffic.istio.io/nodeSelector': { status: 'stable', on: ['Service'] },
  'traffic.sidecar.istio.io/excludeInboundPorts': { status: 'alpha', on: ['Pod'], value: { type: 'portList', wildcard: false } },
  'traffic.sidecar.istio.io/excludeInterfaces': { status: 'alpha', on: ['Pod'], value: { type: 'interfaceList' } },
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': { status: 'alpha', on: ['Pod'], value: { type: 'cidrList', wildcard: false } },
  'traffic.sidecar.istio.io/excludeOutboundPorts': { status: 'alpha', on: ['Pod'], value: { type: 'portList', wildcard: false } },
  'traffic.sidecar.istio.io/includeInboundPorts': { status: 'alpha', on: ['Pod'], value: { type: 'portList', wildcard: true } },
  'traffic.sidecar.istio.io/includeOutboundIPRanges': { status: 'alpha', on: ['Pod'], value: { type: 'cidrList', wildcard: true } },
  'traffic.sidecar.istio.io/includeOutboundPorts': { status: 'alpha', on: ['Pod'] },
  'traffic.sidecar.istio.io/kubevirtInterfaces': {
    status: 'alpha',
    on: ['Pod'],
    deprecated: true,
    replacedBy: 'istio.io/reroute-virtual-interfaces',
    value: { type: 'interfaceList' },
  },
};

/** Never judged: what controllers write, wherever it ends up. */
export const UNJUDGED_ANNOTATIONS: readonly string[] = ['sidecar.istio.io/status', 'gateway.istio.io/controller-version', 'istio.io/rev'];

/** Not called alpha on pods without an init container `istio-init`: the injector writes them there. */
export const INJECTED_ANNOTATIONS: readonly string[] = [
  'sidecar.istio.io/interceptionMode',
  'traffic.sidecar.istio.io/includeInboundPorts',
  'traffic.sidecar.istio.io/excludeInboundPorts',
  'traffic.sidecar.istio.io/includeOutboundIPRanges',
];

const DOMAIN = 'istio.io';

/** Whether a name claims to be an annotation of Istio's. */
export function isIstioAnnotation(name: string): boolean {
  if (name === 'kubernetes.io/ingress.class') return true;
  const slash = name.indexOf('/');
  return slash >= DOMAIN.length && name.startsWith(DOMAIN, slash - DOMAIN.length);
}

/** Why a value is none for an annotation, as the end of a sentence; undefined where it is fine. */
export function complaintAbout(rule: AnnotationValue, value: string): string | undefined {
  switch (rule.type) {
    case 'bool':
      return /^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(value) ? undefined : 'it takes true or false';
    case 'uint32':
      return /^\d+$/.test(value) && Number(value) <= 0xffffffff ? undefined : 'it takes a whole number';
    case 'port':
      return isPort(value.trim()) ? undefined : 'it takes a port, 0 to 65535';
    case 'enum':
      return rule.values.includes(value) ? undefined : `it takes ${rule.values.join(', ')}`;
    case 'quantity':
      return /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(value)
        ? undefined
        : 'it takes a quantity such as 100m or 128Mi';
    case 'portList':
      return isListOf(value, rule.wildcard, (item) => isPort(item.trim())) ? undefined : 'it takes ports, as 80,443';
    case 'cidrList':
      return isListOf(value, rule.wildcard, isCidr) ? undefined : 'it takes ranges such as 10.0.0.0/8';
    case 'interfaceList':
      return isListOf(value, false, (item) => /^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$/.test(item.trim()))
        ? undefined
        : 'it takes names of interfaces';
    case 'proxyConfigYaml': {
      const { root, problems } = parseDocument(value);
      return value.trim() === '' || (root?.type === 'map' && problems.length === 0) ? undefined : 'it takes a ProxyConfig in YAML';
    }
  }
}

function isListOf(value: string, wildcard: boolean, isItem: (item: string) => boolean): boolean {
  return value === '' || (wildcard && value === '*') || value.split(',').every(isItem);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535;
}

function isCidr(text: string): boolean {
  const [address = '', bits = ''] = text.split('/');
  if (!/^\d{1,3}$/.test(bits)) return false;
  if (address.includes(':')) return Number(bits) <= 128 && /^[0-9a-fA-F:.]+$/.test(address);
  const parts = address.split('.');
  return Number(bits) <= 32 && parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}
