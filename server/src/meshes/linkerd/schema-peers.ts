import type { Resource } from '../../model/resource.js';
import type { SchemaProblem } from '../../rules/module.js';

/** Checks of Linkerd's webhooks that the schema of a kind makes, too. */
export function schemaPeers({ code, path, message }: SchemaProblem, { kind }: Resource): readonly string[] {
  switch (kind) {
    case 'Server':
      return isLackOrExcess(code) && /"(podSelector|externalWorkloadSelector)"/.test(message) ? ['linkerd/server-selector-one-of'] : [];
    case 'MeshTLSAuthentication':
      return (isLackOrExcess(code) && message.includes('"identities"')) ||
        (code === 'out-of-range' && /^spec\.identit(ies|yRefs)$/.test(path))
        ? ['linkerd/meshtls-authn-one-of']
        : [];
    case 'ServerAuthorization':
      return isLackOrExcess(code) && message.includes('"selector"') ? ['linkerd/server-authz-server-one-of'] : [];
    case 'ServiceProfile':
      // The webhook reads a budget without these two as one with zeros.
      return code.startsWith('unknown-version') || /needs "(minRetriesPerSecond|retryRatio)"/.test(message)
        ? []
        : ['linkerd/serviceprofile-invalid'];
    case 'HTTPRoute':
      return code === 'unknown-value' && /\.filters\[\d+\]\.type$/.test(path) ? ['linkerd/route-unsupported-filter'] : [];
    default:
      return [];
  }
}

function isLackOrExcess(code: string): boolean {
  return code === 'one-of' || code === 'required-field';
}
