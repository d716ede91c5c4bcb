import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One Chromium and one console at a time: the figures and screenshots of one must not disturb the other's.
    fileParallelism: false,
  },
})
