import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** A page opened or reloaded at one of its places still finds its parts; electron-vite would name them relative to it. */
const partsFromTheRoot = { name: 'parts-from-the-root', config: () => ({ base: '/' }) }

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          main: 'electron/main.ts',
          cli: 'electron/cli.ts',
          worker: 'electron/worker.ts',
          keychain: 'electron/keychain.ts',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is CommonJS, whatever package.json says, and can require nothing of ours.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), partsFromTheRoot],
    build: {
      outDir: 'out/renderer',
      rollupOptions: { input: { index: 'renderer/index.html' } },
    },
  },
})
