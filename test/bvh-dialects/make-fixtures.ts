/**
 * Writes fixtures/bvh: a few frames in each dialect of BVH.
 *
 *   node test/bvh-dialects/make-fixtures.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dialectText } from './dialect-text.ts';
import { BVH_DIALECTS } from './dialects.ts';

const folder = join(import.meta.dirname, '../../fixtures/bvh');
mkdirSync(folder, { recursive: true });
for (const dialect of BVH_DIALECTS) writeFileSync(join(folder, `${dialect.file}.bvh`), dialectText(dialect));
