/** npm run bench [-- SERVICES…]: how long a check from scratch takes, and how long an edit until all findings are fresh again. */
import { measure } from './measure.js';

const sizes = process.argv.slice(2).map(Number);
if (sizes.some((it) => !Number.isInteger(it) || it < 1)) {
  console.error('bench: takes numbers of services, as in "npm run bench -- 100 1000"');
  process.exit(2);
}
measure(10, 5); // The first run compiles.
for (const services of sizes.length > 0 ? sizes : [10, 100, 1000]) {
  const { resources, megabytes, cold, edits, left } = measure(services, Math.min(50, services));
  console.log(
    `${services} services: ${resources} resources, ${megabytes.toFixed(1)} MB; from scratch ${cold.toFixed(0)} ms, ${((cold / resources) * 1000).toFixed(0)} µs a resource`,
  );
  for (const { name, p50, p95, changedFiles } of edits) {
    const ratio = `${Math.round(cold / p50)}x faster than from scratch`;
    console.log(
      `  ${name.padEnd(32)} p50 ${p50.toFixed(2).padStart(7)} ms  p95 ${p95.toFixed(2).padStart(7)} ms  ${ratio.padEnd(32)} files told as changed: ${changedFiles}`,
    );
  }
  if (left > 0) console.log(`  ${left} errors and warnings in what is meant to be clean`);
}
