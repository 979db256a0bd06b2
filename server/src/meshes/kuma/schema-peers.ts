import type { Resource } from '../../model/resource.js';
import type { SchemaProblem } from '../../rules/module.js';
import { POLICY_KINDS, topKind } from './target-refs.js';

/** What the schema says in the place of Kuma's validators. Wrong types never reach those, and unknown fields are dropped before. */
const VALIDATED = ['required-field', 'unknown-value', 'out-of-range', 'pattern', 'format', 'one-of', 'duplicate-item', 'condition'];

/** Ids of Kuma's checks that findings of the schema stand for. */
export function schemaPeers({ code, path, message }: SchemaProblem, resource: Resource): readonly string[] {
  if (!VALIDATED.includes(code) || !path.startsWith('spec')) return [];
  const { kind } = resource;
  if (!POLICY_KINDS.includes(kind)) return ['kuma/invalid-resource'];
  if (isAboutRefKind(path, message, code)) return ['kuma/targetref-kind'];
  // For single proxies the fields are refused, whatever they hold.
  if (kind === 'MeshTLS' && /\.(tlsVersion|tlsCiphers)\b/.test(path) && topKind(resource) !== 'Mesh') return [];
  return ['kuma/invalid-value'];
}

function isAboutRefKind(path: string, message: string, code: string): boolean {
  if (path.includes('openTelemetry')) return false;
  if (code === 'required-field') return /needs "(kind|targetRef)"/.test(message);
  return /(targetRef|backendRef|backendRefs\[\d+\])\.kind$/.test(path);
}
