import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** A page opened or reloaded at one of its places still finds its parts; electron-vite would name them relative to it. */
const partsFromTheRoot = { name: 'parts-from-the-root', config: () => ({ base: '/' }) }

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: { input: { cli: 'electron/cli.ts', worker: 'electron/worker.ts' } },
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
