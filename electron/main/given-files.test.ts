import { expect, test } from 'vitest';
import { GivenFiles } from './given-files.ts';

const file = (name: string) => ({ token: name, name, folder: '' });

test('files wait for a page that listens, and come once', () => {
  const given = new GivenFiles();
  const heard: string[] = [];
  const listen = () => given.listen((files) => heard.push(...files.map(({ name }) => name)));
  given.give([file('a.bvh')]);
  given.give([file('b.bvh')]);
  listen();
  given.give([file('c.bvh')]);
  expect(heard).toEqual(['a.bvh', 'b.bvh', 'c.bvh']);
  given.stopListening();
  given.give([file('d.bvh')]);
  expect(heard).toHaveLength(3);
  listen();
  expect(heard.slice(3)).toEqual(['d.bvh']);
});
