// A document without the members `$ref` of its examples: there they are data, and Prism's reader fetches them. Nothing else
// changes; examples say nothing of what a valid request is.
//
//   node loadable.mjs PRISM DOCUMENT OUT      PRISM is its `node_modules`
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [modules, path, out] = process.argv.slice(2);
const { parse } = createRequire(join(modules, 'loadable.cjs'))('@stoplight/yaml');

let left = 0;
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([name]) => name !== '$ref');
  left += Object.keys(value).length - kept.length;
  return Object.fromEntries(kept.map(([name, member]) => [name, plain(member)]));
}

// `examples` names example objects, whose own `$ref` is a reference; `inside` says that the keys are names of properties.
function walk(value, inside) {
  if (Array.isArray(value)) return value.map((item) => walk(item, false));
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([name, member]) => {
    if (!inside && name === 'example') return [name, plain(member)];
    if (!inside && name === 'examples' && !Array.isArray(member)) return [name, Object.fromEntries(Object.entries(member ?? {}).map(named))];
    return [name, walk(member, !inside && (name === 'properties' || name === 'patternProperties'))];
  });
  return Object.fromEntries(members);
}
const named = ([name, one]) => [name, one?.value === undefined ? one : { ...one, value: plain(one.value) }];

writeFileSync(out, JSON.stringify(walk(parse(readFileSync(path, 'utf8')), false)));
console.log(`${left} members were left out`);
