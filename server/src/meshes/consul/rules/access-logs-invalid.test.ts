import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { accessLogsInvalid } from './access-logs-invalid.js';

test('a file needs a path', () => {
  check(
    accessLogsInvalid,
    `
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec:
      accessLogs:
        enabled: true
        type: file
    #< error consul/access-logs-invalid
  `,
  );
});

test('a path needs a file', () => {
  check(
    accessLogsInvalid,
    `
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec:
      accessLogs:
        path: /var/log/a.log
    #< error consul/access-logs-invalid
        jsonFormat: '{'
  `,
  );
});

test('formats are given once, as JSON', () => {
  check(
    accessLogsInvalid,
    `
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec:
      accessLogs:
        type: stdout
        jsonFormat: '{ nothing'
    #< error consul/access-logs-invalid
  `,
  );
});

test('logs that say what they need', () => {
  check(
    accessLogsInvalid,
    `
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec:
      accessLogs:
        type: stderr
        jsonFormat: '{ "start": "%START_TIME%" }'
  `,
  );
});
