import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';
import type { Named } from '../kubernetes/tables.js';
import { accountIn } from './kinds/shared.js';
import { isOf, refIn } from './references.js';

/** Where resources name service accounts. */
const PATHS: Readonly<Record<string, string>> = {
  AuthorizationPolicy: 'spec.requiredAuthenticationRefs.*',
  MeshTLSAuthentication: 'spec.identityRefs.*',
  HTTPLocalRateLimitPolicy: 'spec.overrides.*.clientRefs.*',
  ServerAuthorization: 'spec.client.meshTLS.serviceAccounts.*',
};

export interface AccountRef extends Named {
  readonly nameNode: YamlNode;
}

/** Service accounts that a resource names. */
export function accountRefsOf(resource: Resource): readonly AccountRef[] {
  return resource.root.list(PATHS[resource.kind] ?? '').flatMap((node): AccountRef[] => {
    if (resource.kind === 'ServerAuthorization') {
      const account = accountIn(node, resource);
      return account ? [{ ...account, nameNode: node.get('name')! }] : [];
    }
    const ref = refIn(node, resource, '', '');
    return ref && isOf(ref, '', 'ServiceAccount') ? [{ name: ref.name, namespace: ref.namespace, nameNode: ref.nameNode }] : [];
  });
}
