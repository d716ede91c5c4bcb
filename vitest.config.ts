import { defineConfig } from 'vitest/config'

/** Longest that one test may take on a busy machine, milliseconds, where it does not say so itself. */
const TEST_MS = 20_000

/** Three groups, one after the other, since those of a group share the machine. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'beside the code',
          include: ['{shared,electron,renderer}/**/*.test.{ts,tsx}'],
          testTimeout: TEST_MS,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole consoles with processes of their own: two at a time would fill a small machine.
        test: {
          name: 'whole things',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{browser,abuse,durability}/**'],
          testTimeout: TEST_MS,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Floods, kills and full disks: whatever runs beside them would suffer.
        test: {
          name: 'under attack',
          include: ['test/{abuse,durability}/**/*.test.ts'],
          testTimeout: TEST_MS,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
