import type { ServicePort } from '../kubernetes/tables.js';

/** Prefixes of port names, and values of appProtocol, that Istio takes for a protocol. (istio-analyze IST0118) */
const PROTOCOLS = ['tcp', 'udp', 'grpc', 'grpc-web', 'http', 'http_proxy', 'http2', 'https', 'tls', 'mongo', 'redis', 'mysql'];
const KUBERNETES_PROTOCOLS: Readonly<Record<string, string>> = {
  'kubernetes.io/h2c': 'http2',
  'kubernetes.io/ws': 'http',
  'kubernetes.io/wss': 'https',
};
/** Ports that Istio never sniffs, since their servers speak first. */
const TCP_PORTS = [25, 53, 3306, 27017];

/** The protocol Istio uses for a Service port, in lower case; undefined where it has to guess from the traffic. */
export function protocolOf(port: ServicePort): string | undefined {
  if (port.protocol.toUpperCase() === 'UDP') return 'udp';
  const written = port.appProtocol ?? port.name ?? '';
  const known = KUBERNETES_PROTOCOLS[written];
  if (known !== undefined) return known;
  const lower = written.toLowerCase();
  if (lower.startsWith('grpc-web')) return 'grpc-web';
  const prefix = lower.split('-')[0]!;
  if (PROTOCOLS.includes(prefix)) return prefix;
  return port.number !== undefined && TCP_PORTS.includes(port.number) ? 'tcp' : undefined;
}

export function isHttp(protocol: string): boolean {
  return ['http', 'http2', 'http_proxy', 'grpc', 'grpc-web'].includes(protocol);
}
