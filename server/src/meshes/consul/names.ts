/** The API group of Consul's config entries. */
export const GROUP = 'consul.hashicorp.com';
/** The API group of the withdrawn second catalog. */
export const AUTH_GROUP = 'auth.consul.hashicorp.com';
/** Prefix of annotations and labels. */
export const PREFIX = 'consul.hashicorp.com/';

/** Every name, every service. */
export const ANY = '*';

/** Protocols that Consul routes, the default first. */
export const PROTOCOLS: readonly string[] = ['tcp', 'http', 'http2', 'grpc'];
/** Protocols whose requests Consul sees. */
export const HTTP_PROTOCOLS: readonly string[] = ['http', 'http2', 'grpc'];

/** Effect of what a webhook of Consul refuses. */
export const REFUSED = "Consul's webhook refuses it.";
/** Effect of what the webhook lets through and the servers refuse. */
export const NOT_SYNCED = 'Consul refuses the entry, which stays out of sync.';

/** Versions of TLS as Consul writes them. */
export const TLS_VERSIONS: readonly string[] = ['TLS_AUTO', 'TLSv1_0', 'TLSv1_1', 'TLSv1_2', 'TLSv1_3'];
