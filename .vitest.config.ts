// Vitest finds a configuration by itself only at the top level, where no such file may lie; without this one
// (`npx vitest run core/...`) the defaults run the same unit tests.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['core/**/*.test.ts', 'server/**/*.test.ts', 'client/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    // Two cores are what a continuous-integration machine has; more workers only wait for each other.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
