import type { LinkerdConfig } from './settings.js';

const MARK = '.serviceaccount.identity.';

/** Identity of what runs as a service account. */
export function identityOf(account: string, namespace: string, { controlPlaneNamespace, trustDomain }: LinkerdConfig): string {
  return `${account}.${namespace}${MARK}${controlPlaneNamespace}.${trustDomain}`;
}

/** Service account and namespace of an identity; `*` stands for every account of the namespace. Undefined for others. */
export function accountOfIdentity(identity: string): { readonly account: string; readonly namespace: string } | undefined {
  const at = identity.indexOf(MARK);
  if (at < 0) return undefined;
  const parts = identity.slice(0, at).split('.');
  // A name of an account may hold dots, one of a namespace may not.
  const namespace = parts.pop();
  const account = parts.join('.');
  return namespace === undefined || namespace === '' || account === '' ? undefined : { account, namespace };
}

export function isSpiffe(identity: string): boolean {
  return identity.startsWith('spiffe://');
}

/** What Linkerd's webhook has against an identity, as the end of a sentence; undefined where it is fine. */
export function complaintAboutIdentity(identity: string): string | undefined {
  if (isSpiffe(identity)) return complaintAboutSpiffe(identity.slice('spiffe://'.length));
  if (/^(\*|[a-z0-9]([-a-z0-9]*[a-z0-9])?)(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(identity)) return undefined;
  if (identity.includes('/')) return 'it is a DNS name, without slashes';
  if (identity.includes('*')) return 'a star stands alone or as the whole first part';
  if (/[A-Z]/.test(identity)) return 'it has lower-case letters only';
  return 'it is a DNS name';
}

function complaintAboutSpiffe(rest: string): string | undefined {
  const [domain = '', ...segments] = rest.split('/');
  if (!/^[a-z0-9._-]+$/.test(domain)) return 'its trust domain has lower-case letters, digits, ".", "_" and "-" only';
  return segments.every((it) => /^[A-Za-z0-9._-]+$/.test(it) && it !== '.' && it !== '..')
    ? undefined
    : 'its path has parts of letters, digits, ".", "_" and "-"';
}

/** What somebody who knows Istio meant: `cluster.local/ns/shop/sa/cart`, with or without the scheme. */
export function accountOfIstioPrincipal(text: string): { readonly account: string; readonly namespace: string } | undefined {
  const parts = /^(?:spiffe:\/\/)?[^/]+\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(text);
  return parts ? { namespace: parts[1]!, account: parts[2]! } : undefined;
}
