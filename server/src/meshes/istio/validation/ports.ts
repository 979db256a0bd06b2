/** Protocols that a port may name, as Istio writes them. */
export const PROTOCOLS: readonly string[] = [
  'HTTP',
  'HTTP2',
  'HTTPS',
  'GRPC',
  'GRPC-Web',
  'TCP',
  'TLS',
  'UDP',
  'HTTP_PROXY',
  'Mongo',
  'MySQL',
  'Redis',
];

/** The protocol in Istio's own spelling; case means nothing. */
export function knownProtocol(written: string): string | undefined {
  return PROTOCOLS.find((it) => it.toLowerCase() === written.toLowerCase());
}

export function isHttpProtocol(protocol: string): boolean {
  return ['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-Web'].includes(protocol);
}

export function isTlsProtocol(protocol: string): boolean {
  return protocol === 'HTTPS' || protocol === 'TLS';
}

/** Whether bytes of it tell nothing of the host they are for. */
export function isTcpProtocol(protocol: string): boolean {
  return ['TCP', 'HTTPS', 'TLS', 'Mongo', 'Redis', 'MySQL'].includes(protocol);
}
