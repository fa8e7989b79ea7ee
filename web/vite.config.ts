import { defineConfig } from 'vite';

/** Names without digests: the browser asks whether they changed (ETag). */
export default defineConfig({
  base: '/assets/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { dashboard: 'main.tsx', process: 'process.ts' },
      output: { entryFileNames: '[name].js', assetFileNames: '[name].[ext]' },
    },
  },
});
