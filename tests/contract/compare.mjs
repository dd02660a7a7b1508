// Whether a result is no worse than its golden: every call that is refused now was refused before.
import { existsSync, readFileSync } from 'node:fs';

const [golden, result] = process.argv.slice(2);
if (!existsSync(golden)) {
  console.log(`  there is no golden ${golden}: run with --bless`);
  process.exit(1);
}
const read = (path) => readFileSync(path, 'utf8').trimEnd().split('\n');
const call = (line) => line.split(' | ')[0];
const [before, now] = [read(golden), read(result)];
const count = (lines) => Number(/^(\d+) of/.exec(lines[0])?.[1] ?? -1);
const known = new Set(before.slice(1).map(call));
const fresh = now.slice(1).filter((line) => !known.has(call(line)));
for (const line of fresh) console.log(`  refused, and was not: ${line}`);
if (count(now) < count(before)) console.log(`  ${now[0]}, and it was ${before[0]}`);
if (count(now) > count(before)) console.log(`  better than ${before[0]}: run with --bless`);
process.exit(fresh.length || count(now) < count(before) ? 1 : 0);
