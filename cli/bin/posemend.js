#!/usr/bin/env node
// Plain JavaScript that old versions of Node can read, so that they get a sentence instead of a syntax error.
import { existsSync } from 'node:fs';

const NEEDED = [22, 12];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `posemend: needs Node ${NEEDED.join('.')} or newer, this is ${process.versions.node}; ` +
      'install it from https://nodejs.org, or start the program with npx, which takes the Node installed beside it\n',
  );
  process.exit(4);
}

const built = new URL('../../dist/cli/run-process.js', import.meta.url);
const source = new URL('../run-process.ts', import.meta.url);
const prefersSource = process.env.POSEMEND_FROM_SOURCE === '1';
const canRunSource = Boolean(process.features.typescript) && existsSync(source);

if (existsSync(built) && !(prefersSource && canRunSource)) {
  await start(built);
} else if (canRunSource) {
  await start(source);
} else {
  process.stderr.write('posemend: the program is not built; run npm run build in its folder\n');
  process.exit(4);
}

async function start(entry) {
  const { runProcess } = await import(entry.href);
  await runProcess();
}
