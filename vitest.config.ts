import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { CHROMIUM, FLAGS } from './tests/chromium.js'

const timeouts = { testTimeout: 120_000, hookTimeout: 120_000 }

/** The tests of the SDK's React part: they run in Chromium, once for each React that it supports. */
function inChromium(name: string, folder: string): TestProjectConfiguration {
  const alias = ['react', 'react-dom'].map((id) => ({
    find: new RegExp(`^${id}(?=/|$)`),
    replacement: `${import.meta.dirname}/${folder}/${id}`,
  }))
  return {
    resolve: { alias },
    optimizeDeps: {
      include: [
        'react',
        'react-dom',
        'react-dom/client',
        'react/jsx-dev-runtime',
        'react/jsx-runtime',
        'react-router',
        'semver/functions/satisfies.js',
        'semver/ranges/valid.js',
      ],
    },
    cacheDir: `node_modules/.vite/${name}`,
    test: {
      ...timeouts,
      name,
      include: ['tests/sdk/react/**/*.test.tsx', 'docs/examples/**/*.test.tsx'],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { executablePath: CHROMIUM, args: FLAGS } }),
        instances: [{ browser: 'chromium' }],
      },
    },
  }
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...timeouts,
          name: 'node',
          include: ['tests/**/*.test.ts', 'docs/examples/**/*.test.ts'],
          pool: 'forks',
          execArgv: ['--experimental-vm-modules', '--no-warnings'],
        },
      },
      inChromium('react-19', 'node_modules'),
      inChromium('react-18', 'tests/sdk/react-18/node_modules'),
    ],
  },
})
