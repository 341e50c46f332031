import { join } from 'node:path';
import { expect, test } from 'vitest';
import { userLibraryFolder } from './user-library.ts';

test('a library lies where the system keeps data of its users', () => {
  const env = { HOME: join('home', 'anna') };
  expect(userLibraryFolder({ env }, 'linux')).toBe(join('home', 'anna', '.local/share/posemend/library'));
  expect(userLibraryFolder({ env }, 'darwin')).toBe(
    join('home', 'anna', 'Library/Application Support/PoseMend/library'),
  );
  expect(userLibraryFolder({ env: { LOCALAPPDATA: 'local' } }, 'win32')).toBe(
    join('local', 'PoseMend/library'),
  );
  expect(userLibraryFolder({ env: { ...env, XDG_DATA_HOME: 'data' } }, 'linux')).toBe(
    join('data', 'posemend/library'),
  );
});
