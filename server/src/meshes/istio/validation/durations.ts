import { parseDuration } from '../../../schema/formats.js';

/** What Istio has against a duration that the schema lets pass: it counts in whole milliseconds. */
export function complaintAboutDuration(text: string): string | undefined {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined || milliseconds < 1) return undefined;
  return isWhole(milliseconds) ? undefined : 'Istio counts in whole milliseconds';
}

/** Whether a duration is a whole number of seconds; true for text that is none. */
export function isWholeSeconds(text: string): boolean {
  const milliseconds = parseDuration(text);
  return milliseconds === undefined || isWhole(milliseconds / 1000);
}

/** Sums of decimal fractions are a hair off. */
function isWhole(number: number): boolean {
  return Math.abs(number - Math.round(number)) < 1e-9 * Math.max(1, Math.abs(number));
}
