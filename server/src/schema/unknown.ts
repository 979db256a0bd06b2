import type { YamlScalar } from '../yaml/node.js';

/** Whether a value is filled in later: by a template or a substitution, or by SOPS, the Vault plugin of Argo CD or vals. */
export function isUnknown({ opaque, value }: YamlScalar): boolean {
  return opaque || (typeof value === 'string' && mayBeFilledIn(value.charCodeAt(0)) && /^(ENC\[|<[^<>]+>$|ref\+\w+:)/.test(value));
}

/** Whether values that are filled in later may begin with a character: asked of every text there is. */
function mayBeFilledIn(first: number): boolean {
  return first === 0x45 /* E */ || first === 0x3c /* < */ || first === 0x72; /* r */
}
