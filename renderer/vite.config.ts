import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Found from wherever the page is served: a host's root, or Electron's own protocol.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // three.js alone is larger than the default limit; the window loads from the same machine.
    chunkSizeWarningLimit: 2500,
  },
});
