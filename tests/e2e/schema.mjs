// Judges files by the schema with programs that are not ours: ajv and yaml, both from npm.
//   usage: node schema.mjs NODE_MODULES SCHEMA < "accept FILE" or "reject FILE" lines
// Prints what was judged otherwise; exits 1 when there is any.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const [modules, schemaFile] = process.argv.slice(2);
const require = createRequire(resolve(modules, 'x.js'));
const Ajv = require('ajv').default;
const YAML = require('yaml');

// "core" keeps 2026-12-31 a text, as YAML 1.2 does.
const read = (file) => YAML.parse(readFileSync(file, 'utf8'), { schema: 'core', merge: true });
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

let n = 0;
for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [want, file] = line.split(' ');
  const is = validate(read(file) ?? {}) ? 'accept' : 'reject';
  n += 1;
  if (is === want) continue;
  console.log(`${file}: to ${want}`, JSON.stringify(validate.errors?.map((e) => [e.instancePath, e.message])));
  process.exitCode = 1;
}
console.log(`${n} files judged`);
