import { settingIn, settings, type Settings } from '../../index/settings.js';
import { defineLookup } from '../../index/tables.js';
import type { Json } from '../../yaml/node.js';
import { toJson } from '../../yaml/json.js';
import { parseDocument } from '../../yaml/parse.js';
import { istioConfigMaps } from '../kubernetes/tables.js';
import { installedMeshConfigs } from './tables.js';

/** What of Istio's mesh config rules need; defaults by istio-analyze.md section 1. */
export interface MeshConfig {
  /** Where it was found; undefined: nowhere, these are the defaults. */
  readonly source: 'settings' | 'workspace' | undefined;
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly trustDomainAliases: readonly string[];
  readonly enableAutoMtls: boolean;
  readonly outboundTrafficPolicy: string;
  readonly ingressControllerMode: string;
  readonly ingressService: string;
  readonly ingressSelector: string;
  /** The whole config as plain data, for what is read rarely. */
  readonly raw: Json;
}

/**
 * The mesh config in force, key ``: the settings' (`istio.meshConfigText`, which a host reads from a file), else that of a ConfigMap
 * `istio` or `istio-REVISION` of the workspace, else what an IstioOperator or the Sail operator's Istio holds. Settings `istio.rootNamespace` and `istio.trustDomain` go before both.
 */
export const meshConfig = defineLookup<MeshConfig>('istio/meshConfig', (look) => {
  const tree = look.get(settings);
  const written = settingIn(tree, 'istio', 'meshConfigText');
  let source: MeshConfig['source'];
  let raw: Json = {};
  if (typeof written === 'string') {
    source = 'settings';
    raw = configIn(parseJson(written));
  } else {
    const texts = look
      .get(istioConfigMaps, '')
      .flatMap((it) => (/^istio(-[a-z0-9-]+)?$/.test(it.data.name) && it.data.data['mesh'] !== undefined ? [it.data.data['mesh']] : []));
    const installed = look.get(installedMeshConfigs, '')[0];
    if (texts[0] !== undefined || installed !== undefined) {
      source = 'workspace';
      raw = texts[0] === undefined ? installed!.data : parseJson(texts[0]);
    }
  }
  return {
    source,
    rootNamespace: text(settingIn(tree, 'istio', 'rootNamespace')) ?? text(field(raw, 'rootNamespace')) ?? 'istio-system',
    trustDomain: text(settingIn(tree, 'istio', 'trustDomain')) ?? text(field(raw, 'trustDomain')) ?? 'cluster.local',
    trustDomainAliases: list(field(raw, 'trustDomainAliases')).filter((it): it is string => typeof it === 'string'),
    enableAutoMtls: field(raw, 'enableAutoMtls') !== false,
    outboundTrafficPolicy: text(field(field(raw, 'outboundTrafficPolicy'), 'mode')) ?? 'ALLOW_ANY',
    ingressControllerMode: text(field(raw, 'ingressControllerMode')) ?? 'STRICT',
    ingressService: text(field(raw, 'ingressService')) ?? 'istio-ingressgateway',
    ingressSelector: text(field(raw, 'ingressSelector')) ?? 'ingressgateway',
    raw,
  };
});

/**
 * To where the mesh config exports what says nothing of it, by `defaultServiceExportTo`, `defaultVirtualServiceExportTo` or
 * `defaultDestinationRuleExportTo`; empty: to everywhere.
 */
export const defaultExportTo = defineLookup<readonly string[]>('istio/defaultExportTo', (look, name) =>
  list(field(look.get(meshConfig, '').raw, name)).filter((it): it is string => typeof it === 'string'),
);

/** Whether something at hand names the trust domain; installers set one of their own where their files do not show it. */
export function saysTrustDomain({ trustDomain, raw }: MeshConfig): boolean {
  return trustDomain !== 'cluster.local' || field(raw, 'trustDomain') !== undefined;
}

/** A member of a plain object; undefined for everything else. */
export function field(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Settings)[name] : undefined;
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A mesh config file may hold the config itself, or an IstioOperator, or a ConfigMap around it. */
function configIn(value: Json): Json {
  const inOperator = field(field(value, 'spec'), 'meshConfig');
  if (inOperator !== undefined) return inOperator;
  const inConfigMap = text(field(field(value, 'data'), 'mesh'));
  return inConfigMap === undefined ? value : parseJson(inConfigMap);
}

function parseJson(yaml: string): Json {
  const root = parseDocument(yaml).root;
  return root === undefined ? {} : toJson(root);
}
