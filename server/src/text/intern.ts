/**
 * Has equal texts share one copy in memory. Keys of facts and cells are put together anew by whoever names a thing, and of each there are
 * several: at 10,000 services they take as much room as all manifests.
 */
export function intern(text: string): string {
  // As the name of a property, V8 keeps one copy of a text, and collections lead every other one to it.
  if (++held > LIMIT) {
    names = Object.create(null) as Record<string, true>;
    held = 0;
  }
  names[text] = true;
  return text;
}

let names = Object.create(null) as Record<string, true>;
let held = 0;

/** What is held here besides must not grow. */
const LIMIT = 1000;
