import type { Definition } from '../../model/facts.js';
import { namespaceKey } from '../../model/resource.js';
import type { Labels } from '../../model/selectors.js';
import type { YamlNode } from '../../yaml/node.js';
import type { SecretFacts } from '../kubernetes/tables.js';

/** A server of a Gateway that takes its certificate from a Secret. */
export interface ServerCredential {
  readonly server: YamlNode;
  readonly node: YamlNode;
  /** Name of the Secret. */
  readonly name: string;
  /** Where it is said outright (`kubernetes-gateway://namespace/name`); undefined: beside the pods. */
  readonly namespace: string | undefined;
}

/** Servers with a `credentialName` that means a Secret of Kubernetes. */
export function credentialsOf(root: YamlNode): readonly ServerCredential[] {
  return root.list('spec.servers.*').flatMap((server) => {
    const node = server.get('tls.credentialName');
    const written = node?.text();
    if (node === undefined || written === undefined || written === '') return [];
    const [, scheme, rest] = /^(?:([a-z-]+):\/\/)?(.*)$/s.exec(written)!;
    if (scheme !== undefined && scheme !== 'kubernetes' && scheme !== 'kubernetes-gateway') return [];
    const slash = rest!.indexOf('/');
    return [{ server, node, name: rest!.slice(slash + 1), namespace: slash < 0 ? undefined : rest!.slice(0, slash) }];
  });
}

/** Where a Gateway's pods look for a Secret: its namespaces, as keys. */
export function placesOf(
  credential: ServerCredential,
  pods: readonly { readonly namespace: string | undefined; readonly labels: Labels }[],
): readonly string[] {
  if (credential.namespace !== undefined) return [credential.namespace];
  return [...new Set(pods.map((it) => namespaceKey(it.namespace)))].sort();
}

/** `TLS handshakes on port 443 fail.` */
export function handshakesFail(server: YamlNode): string {
  const port = server.number('port.number');
  return port === undefined ? 'TLS handshakes fail.' : `TLS handshakes on port ${port} fail.`;
}

/** What a Secret lacks to serve TLS; undefined where it has all, or nobody can tell. */
export function flawOf(secret: Definition<SecretFacts>, now: number | undefined): string | undefined {
  const { keys, generatedBy, certificate, incomplete } = secret.data;
  // An empty Secret waits for somebody to fill it: a replicator, a controller, a person.
  if (generatedBy !== undefined || incomplete || keys.length === 0) return undefined;
  const has = (...names: readonly string[]) => names.every((it) => keys.includes(it));
  if (!has('cert', 'key') && !has('tls.crt', 'tls.key')) {
    const missing = ['tls.crt', 'tls.key'].filter((it) => !keys.includes(it));
    return `has no ${missing.map((it) => `"${it}"`).join(' and no ')}`;
  }
  if (certificate === 'unreadable') return 'holds no readable certificate';
  if (certificate === undefined || now === undefined) return undefined;
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  if (certificate.notAfter < now) return `holds a certificate that expired on ${day(certificate.notAfter)}`;
  return certificate.notBefore > now + DAY ? `holds a certificate that is valid only from ${day(certificate.notBefore)}` : undefined;
}

/** Hosts tell the day only. */
const DAY = 24 * 60 * 60 * 1000;
