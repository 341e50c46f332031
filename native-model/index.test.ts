import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { writeModelFolder } from '../test/model-folders.ts';
import { temporaryFolder } from '../test/run-command.ts';
import { listModels, RefineResources } from './index.ts';
import { engineInfo } from './service/engine-info.ts';

const folder = temporaryFolder();
writeModelFolder(folder.path, 'hpr-net', { architecture: 'hpr-net', windowLength: 17 });
writeModelFolder(folder.path, 'smoothnet-32', { architecture: 'smoothnet', windowLength: 32 });
writeModelFolder(folder.path, 'smoothnet-64', { architecture: 'smoothnet', windowLength: 64 });
writeModelFolder(folder.path, 'synsp', { architecture: 'synsp' });
mkdirSync(join(folder.path, 'damaged'));
writeFileSync(join(folder.path, 'damaged', 'card.json'), '{');

afterEach(() => vi.unstubAllEnvs());
afterAll(() => folder.remove());

test('networks stand before filters, the most able first and a damaged one last', async () => {
  vi.stubEnv('POSEMEND_MODELS', folder.path);
  const models = await listModels();
  const networks = models.filter(({ kind }) => kind === 'network').map(({ name }) => name);
  expect(networks).toEqual(['synsp', 'hpr-net', 'smoothnet-64', 'smoothnet-32', 'damaged']);
  expect(models.slice(networks.length).every(({ kind }) => kind === 'filter')).toBe(true);
  expect(models[networks.length - 1].problem).toContain('damaged');
});

test('a window learns which network needs rotations', async () => {
  vi.stubEnv('POSEMEND_MODELS', folder.path);
  const resources = new RefineResources();
  const { models } = await engineInfo(resources);
  await resources.dispose();
  const needing = models.filter(({ needs }) => needs === 'rotations').map(({ name }) => name);
  expect(needing).toEqual(['hpr-net']);
});
