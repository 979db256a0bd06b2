import type { YamlScalar } from '../yaml/node.js';

/** Whether a value is filled in later: by a template or a substitution, or by SOPS, the Vault plugin of Argo CD or vals. */
export function isUnknown({ opaque, value }: YamlScalar): boolean {
  return opaque || (typeof value === 'string' && /^(ENC\[|<[^<>]+>$|ref\+\w+:)/.test(value));
}
