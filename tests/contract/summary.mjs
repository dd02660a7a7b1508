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

// Prism says what it refuses in its reply; else it is the client that refuses. `request` and `answer` tell whose
// value it is that does not match the document.
function reason(section) {
  const body = section.slice(1).join('\n').trim();
  let problem = {};
  try {
    problem = JSON.parse(body);
  } catch {
    // Not a problem report.
  }
  const prism = /prism\/errors#(\w+)/.exec(problem.type ?? '');
  if (!prism) return ['client', section[0].replace(/^[^:]*: /, '')];
  const said = problem.validation ?? [];
  // It took the request, and could make no answer.
  const speechless = ['SCHEMA_TOO_COMPLEX', 'NO_RESPONSE_RESPONSE_DEFINED'].includes(prism[1]);
  const side = speechless ? 'answer' : said.length && said.every((one) => one.location?.[0] === 'response') ? 'answer' : 'request';
  const words = said.map((one) => `${(one.location ?? []).join('.')} ${one.message}`).slice(0, 2);
  return [side, `${prism[1]}: ${words.length ? words.join('; ') : problem.detail}`];
}

const [first, ...others] = runs;
const refused = [];
for (const [name, section] of first.refused) {
  if (others.some((run) => !run.refused.has(name))) continue;
  const [side, words] = reason(section);
  refused.push(`${name} | ${side} | ${words.replace(/\s+/g, ' ').slice(0, 200)}`);
}
const answers = refused.filter((line) => line.includes(' | answer | ')).length;
const more = answers ? `; of the others ${answers} were taken by Prism, which could make no answer that the document allows` : '';
console.log(`${first.all - refused.length} of ${first.all} calls accepted${more}`);
for (const line of refused.sort()) console.log(line);
