// Whether a result is no worse than its golden: every call that is refused now was refused before, and each refusal is
// explained in `refusals.txt`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [here, name, result, server] = process.argv.slice(2);
const update = process.env.UPDATE !== undefined;
const suffix = server === 'typewright' ? '-mock' : '';
const golden = join(here, `golden${suffix}`, `${name}.txt`);
const read = (path) => readFileSync(path, 'utf8').trimEnd().split('\n');
const call = (line) => line.split(' | ')[0];
const count = (lines) => Number(/^(\d+) of/.exec(lines[0])?.[1] ?? -1);
const now = read(result);
let failed = false;
const fail = (words) => {
  console.log(`  ${words}`);
  failed = true;
};

if (!update && !existsSync(golden)) fail(`there is no golden ${golden}: UPDATE=1 enters it`);
if (!update && existsSync(golden)) {
  const before = read(golden);
  const known = new Set(before.slice(1).map(call));
  for (const line of now.slice(1).filter((line) => !known.has(call(line)))) fail(`refused, and was not: ${line}`);
  if (count(now) < count(before)) fail(`${now[0]}, and it was ${before[0]}`);
  if (count(now) > count(before)) console.log(`  better than ${before[0]}: UPDATE=1 enters it`);
}

// A line each: the document, what the refusal's line has in it, and why that is no fault of the client.
const explained = read(join(here, `refusals${suffix}.txt`))
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => line.split(' | '))
  .filter(([document]) => document === name);
for (const line of now.slice(1)) {
  if (!explained.some(([, part]) => line.includes(part))) fail(`not explained in refusals${suffix}.txt: ${line}`);
}
for (const [, part] of explained) {
  if (!now.slice(1).some((line) => line.includes(part))) console.log(`  better: refusals${suffix}.txt explains what is not refused: ${part}`);
}
process.exit(failed ? 1 : 0);
