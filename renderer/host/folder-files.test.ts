import { expect, test } from 'vitest';
import { filesOfDrop } from './folder-files.ts';

type Tree = { readonly [name: string]: Tree | null };

/** A dropped folder; null stands for a file. Hands out one entry at a time, as browsers do a hundred. */
function folder(name: string, tree: Tree): FileSystemDirectoryEntry {
  const entries = Object.entries(tree).map(([inside, content]) =>
    content === null
      ? {
          name: inside,
          isFile: true,
          isDirectory: false,
          file: (give: (file: File) => void) => give(new File([], inside)),
        }
      : folder(inside, content),
  );
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader: () => {
      const left = [...entries];
      return { readEntries: (give: (some: unknown[]) => void) => give(left.splice(0, 1)) };
    },
  } as unknown as FileSystemDirectoryEntry;
}

const dropped = (name: string, tree?: Tree) => ({
  file: new File([], name),
  folder: tree === undefined ? null : folder(name, tree),
});

async function namesOf(...items: ReturnType<typeof dropped>[]) {
  return (await filesOfDrop(items)).map(({ folder: from, files }) => [from, files.map(({ name }) => name)]);
}

test('files dropped by themselves are taken as they are, whatever they are called', async () => {
  expect(await namesOf(dropped('walk.bvh'), dropped('notes.txt'))).toEqual([['', ['walk.bvh', 'notes.txt']]]);
});

test('of a folder the clips are taken, in order, those of folders in it apart', async () => {
  const output = dropped('output', {
    keypoints3d: { '000001.json': null, '000000.json': null },
    'video.mp4': null,
    'walk.bvh': null,
  });
  expect(await namesOf(output)).toEqual([
    ['output', ['walk.bvh']],
    ['keypoints3d', ['000000.json', '000001.json']],
  ]);
});

test('a folder without clips is named', async () => {
  await expect(filesOfDrop([dropped('pictures', { 'a.jpg': null })])).rejects.toThrow(
    'the folder pictures holds no motion clips',
  );
});
