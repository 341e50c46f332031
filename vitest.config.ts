import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{motion,contract,native-model,cli,server,electron,renderer,bench,assets,test}/**/*.test.{ts,tsx}',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', 'native-model/training/**'],
    // Native addons (SQLite, hnswlib, ONNX Runtime) hold process-wide state: one process per test file.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
