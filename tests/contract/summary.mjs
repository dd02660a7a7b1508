// What a contract test printed, as the lines of a golden: how many calls were accepted, and each that was not with its
// reason. Given two runs, a call that is accepted in one of them is accepted.
import { readFileSync } from 'node:fs';

const runs = process.argv.slice(2).map((path) => read(readFileSync(path, 'utf8')));

function read(text) {
  const result = /test result: .*?(\d+) passed; (\d+) failed/.exec(text);
  const lines = text.split('\n');
  if (!result) {
    console.log('no result: ' + (lines.filter((line) => line.trim()).pop() ?? '').slice(0, 160));
    process.exit(0);
  }
  const refused = new Map();
  let section = null;
  for (const line of lines) {
    const head = /^---- (.*) ----$/.exec(line);
    if (head) refused.set(head[1], (section = []));
    else if (line === 'failures:') section = null;
    else if (section) section.push(line);
  }
  return { all: Number(result[1]) + Number(result[2]), refused };
}

// Prism says what it refuses in its reply, or where the document has a reply for that in a header beside the documented
// one; else it is the client that refuses. `request` and `answer` tell whose value it is that does not match the document.
function reason(section) {
  const blank = section.indexOf('', 1);
  const body = section.slice(blank + 1).join('\n').trim();
  const violations = section.slice(1, blank).find((line) => line.startsWith('sl-violations: '));
  const problem = parsed(body) ?? {};
  // The mock of this repository lists what it refuses.
  if (Array.isArray(problem.errors)) {
    return ['request', problem.errors.map((one) => `${one.place}: ${one.detail}`).slice(0, 2).join('; ')];
  }
  const type = /prism\/errors#(\w+)/.exec(body)?.[1];
  if (!type && !violations) return ['client', section[0].replace(/^[^:]*: /, '')];
  // The header has what was found in the request too, also where the reply is about the answer alone.
  const header = parsed(violations?.slice(violations.indexOf(' '))) ?? found(violations ?? '');
  const errors = [...header, ...(problem.validation ?? found(body))].filter((one) => one.severity !== 'Warning');
  const ofRequest = errors.filter((one) => one.location?.[0] === 'request');
  const said = ofRequest.length ? ofRequest : errors;
  // It took the request, and could make no answer.
  const speechless = ['SCHEMA_TOO_COMPLEX', 'NO_RESPONSE_RESPONSE_DEFINED', 'NO_COMPLEX_OBJECT_TEXT'].includes(type);
  const ofAnswer = said.length && said.every((one) => one.location?.[0] === 'response');
  const words = said.map((one) => `${(one.location ?? []).join('.')} ${one.message}`).slice(0, 2);
  return [speechless || ofAnswer ? 'answer' : 'request', `${type ?? 'VIOLATIONS'}: ${words.length ? words.join('; ') : problem.detail}`];
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// The same in a reply that is too long to be shown whole.
function found(body) {
  const places = body.matchAll(/"location":(\[[^\]]*\]),.*?"message":"([^"]*)"/g);
  return [...places].map(([, location, message]) => ({ location: parsed(location), message }));
}

const [first, ...others] = runs;
const refused = [];
const operations = new Set();
for (const [name, section] of first.refused) {
  if (others.some((run) => !run.refused.has(name))) continue;
  const [side, words] = reason(section);
  refused.push(`${name} | ${side} | ${words.replace(/\s+/g, ' ').slice(0, 200)}`);
  operations.add(name.replace(/ (required|all)$/, ''));
}
const answers = refused.filter((line) => line.includes(' | answer | ')).length;
const more = answers ? `; ${answers} calls were taken by Prism, which could make no answer that the document allows` : '';
const calls = `${first.all - refused.length} of ${first.all} calls`;
console.log(`${calls} and ${first.all / 2 - operations.size} of ${first.all / 2} operations accepted${more}`);
for (const line of refused.sort()) console.log(line);
