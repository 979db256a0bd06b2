/** Annotation that says who may call ports that no Server covers. */
export const DEFAULT_POLICY = 'config.linkerd.io/default-inbound-policy';

/** Access policies of a Server, and of `config.linkerd.io/default-inbound-policy`. */
export const ACCESS_POLICIES: readonly string[] = [
  'all-unauthenticated',
  'all-authenticated',
  'cluster-unauthenticated',
  'cluster-authenticated',
  'deny',
  'audit',
];

export const PROXY_PROTOCOLS: readonly string[] = ['unknown', 'HTTP/1', 'HTTP/2', 'gRPC', 'opaque', 'TLS'];

/** Access policies that let in only clients with a proxy. */
export function needsIdentity(policy: string): boolean {
  return policy === 'all-authenticated' || policy === 'cluster-authenticated';
}

/** What an access policy means for whoever no other policy lets in. */
export function accessText(policy: string): string {
  switch (policy) {
    case 'all-unauthenticated':
      return 'everybody may call';
    case 'all-authenticated':
      return 'clients in the mesh may call';
    case 'cluster-unauthenticated':
      return 'clients in the networks of the cluster may call';
    case 'cluster-authenticated':
      return 'clients in the mesh and in the networks of the cluster may call';
    case 'audit':
      return 'everybody may call, and what no policy allows is logged';
    default:
      return 'clients that no policy allows are refused';
  }
}
