// Adds replies to a document for the calls that Prism takes and cannot answer: its own answers do not match their patterns,
// break a `oneOf`, or are given up as too complex. Values are made by the library that Prism uses, smaller, and judged by
// Prism's own check of answers; the first that passes becomes the reply's example. Nothing else of the document changes.
//
//   node replies.mjs PRISM DOCUMENT TEST-LOG OUT      PRISM is its `node_modules`
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [modules, path, log, out] = process.argv.slice(2);
const require = createRequire(join(modules, 'replies.cjs'));
const { parse } = require('@stoplight/yaml');
const { JSONSchemaFaker: faker } = require('json-schema-faker');
const seedrandom = require('seedrandom');
const { getHttpOperationsFromSpec } = require('@stoplight/prism-http');
const { validateBody } = require('@stoplight/prism-http/dist/validator/validators');
const { ValidationContext } = require('@stoplight/prism-http/dist/validator/validators/types');
const { stripWriteOnlyProperties } = require('@stoplight/prism-http/dist/utils/filterRequiredProperties');

const failed = new Set([...readFileSync(log, 'utf8').matchAll(/^---- (.*) (?:required|all) ----$/gm)].map((match) => match[1]));
const document = parse(readFileSync(path, 'utf8'));
const resolved = (node) => {
  let found = node;
  while (found?.$ref?.startsWith('#/')) {
    found = found.$ref.slice(2).split('/').reduce((at, key) => at?.[key.replace(/~1/g, '/').replace(/~0/g, '~')], document);
  }
  return found;
};

faker.option({ failOnInvalidTypes: false, failOnInvalidFormat: false, ignoreMissingRefs: true, useExamplesValue: false, maxItems: 2, refDepthMax: 3 });

// With some of what is optional first; then the least, in as many ways as there may be branches.
const tries = [{ seed: 1, optional: 0.3 }, ...Array.from({ length: 24 }, (_, seed) => ({ seed, optional: 0 }))];

function made(schema, bundle, { seed, optional }) {
  faker.option({ random: seedrandom(String(seed)), requiredOnly: optional === 0, alwaysFakeOptionals: false, optionalsProbability: optional, fillProperties: false });
  try {
    return faker.generate({ ...structuredClone(schema), __bundled__: bundle });
  } catch {
    return undefined;
  }
}

function reply(operation, content) {
  const stripped = stripWriteOnlyProperties(content.schema);
  const bundle = operation.__bundled__;
  const fits = (value) =>
    value !== undefined && validateBody(value, [content], ValidationContext.Output, content.mediaType, undefined, bundle)._tag === 'Right';
  // What is not JSON goes out as text.
  if (!/[/+]json/.test(content.mediaType)) return ['text'].find(fits);
  for (const one of tries) {
    const value = made(stripped.value ?? content.schema, bundle, one);
    if (fits(value)) return value;
  }
  return undefined;
}

// The reply that Prism answers with.
const chosen = (responses) =>
  [...responses].filter(({ code }) => /^2(\d\d|XX)$/i.test(code)).sort((a, b) => (a.code < b.code ? -1 : 1))[0] ??
  responses.find(({ code }) => code === 'default') ?? responses[0];

const operations = await getHttpOperationsFromSpec(structuredClone(document));
let added = 0;
for (const operation of operations) {
  if (!failed.has(operation.iid)) continue;
  const described = document.paths[operation.path]?.[operation.method];
  const response = chosen(operation.responses);
  if (described && !response) {
    described.responses = { 200: { description: 'Taken.' } };
    added += 1;
  }
  const responses = described?.responses;
  if (!responses?.[response?.code]) continue;
  const said = structuredClone(resolved(responses[response.code]));
  responses[response.code] = said;
  for (const content of response.contents ?? []) {
    if (!content.schema || !said.content?.[content.mediaType]) continue;
    const value = reply(operation, content);
    if (value === undefined) {
      console.log(`${operation.iid}: no reply of ${content.mediaType} was found`);
      continue;
    }
    const { examples: _, ...rest } = said.content[content.mediaType];
    said.content[content.mediaType] = { ...rest, example: value };
    added += 1;
  }
}
console.log(`${added} replies were added`);
writeFileSync(out, JSON.stringify(document));
