import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { SMALL_SCHEMA, smallEntry } from '../../test/pose-entries.ts';
import { createLibrary, openLibrary } from './open-library.ts';

vi.mock('./load-hnswlib.ts', () => ({ loadHnswlib: () => undefined }));

const folder = mkdtempSync(join(tmpdir(), 'posemend-exact-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('where the addon could not be compiled a library works, and a notice says that it is slower', async () => {
  const notices: string[] = [];
  const onNotice = (text: string) => notices.push(text);
  const library = await createLibrary(folder, SMALL_SCHEMA, { onNotice });
  library.add([smallEntry(0, 0, { clip: 'run' }), smallEntry(3, 4), smallEntry(1, 0)]);
  expect(notices).toEqual([expect.stringMatching(/hnswlib-node is not installed/)]);
  expect(library.info().search).toBe('exact');
  expect(
    library.search(Float32Array.of(0, 0), 2, { clip: 'run' }).map((hit) => [hit.id, hit.distance]),
  ).toEqual([
    [3, 1],
    [2, 5],
  ]);
  library.delete({ ids: [3] });
  library.close();
  expect(readdirSync(folder)).toEqual(['library.sqlite']);

  const again = await openLibrary(folder, { schema: SMALL_SCHEMA, search: 'exact' });
  expect(again.search(Float32Array.of(0, 0), 5).map((hit) => hit.id)).toEqual([1, 2]);
  again.close();
});
