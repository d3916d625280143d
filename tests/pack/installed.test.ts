/** What users get: the packages of a release, installed from their tarballs, compose, compile, build and run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, serve, visit } from '../build/browser.js'
import { installed, managers, type Project } from './project.js'
import { type Registry, serveRegistry } from './registry.js'
import { type Release, release, remove } from './release.js'

let released: Release
let browser: Browser
beforeAll(async () => {
  released = release()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  released?.remove()
})

describe.each(managers)('installed with %s', (manager) => {
  let registry: Registry
  let project: Project

  beforeAll(async () => {
    registry = await serveRegistry(released.packages)
    project = installed(manager, registry.url)
  }, 300_000)
  afterAll(async () => {
    registry?.close()
    if (project) remove(project.root)
  })

  test('of the binaries, that of this platform is installed and no other', () => {
    expect(project.ownPackages()).toEqual(released.packed.map(({ name }) => name).sort())
  })

  test('the command composes the shell and its plugins', async () => {
    const composition = JSON.parse(await project.run('framework-m', 'inspect', '--json'))
    expect(composition.packageManager).toBe(manager.startsWith('Yarn') ? 'yarn-berry' : manager.split(',')[0])
    expect(
      composition.plugins.map(({ name, status }: Record<string, string>) => `${name} ${status}`),
    ).toEqual(['wms included', 'finance included'])
    expect(await project.run('framework-m', '--version')).toBe(`${released.version}\n`)
    expect(await project.run('framework-m', 'check')).toBe('nothing to report\n')
  })

  test('Vite builds the shell, the compiler is content, and Chromium runs plugins from chunks of their own', async () => {
    await project.run('vite', 'build', '--logLevel', 'error')
    await project.run('tsc', '--project', '.')
    const dist = join(project.shell, 'dist')
    const { plugins } = JSON.parse(readFileSync(join(dist, '.framework-m/composition.json'), 'utf8'))
    expect(plugins.map(({ name }: { name: string }) => name)).toEqual(['wms', 'finance'])
    const server = await serve(dist)
    const { page, requests, errors } = await visit(browser, server.url)
    expect(await page.locator('nav a').allTextContents()).toEqual(['Stock', 'Adjust stock', 'Stock value'])
    const chunks = () => requests.filter((file) => /^\/assets\/(wms|finance)-[\w-]{8}\.js$/.test(file))
    await page.click('nav >> text="Stock value"')
    await page.waitForSelector('main :text("170.00 EUR")')
    expect(chunks()).toEqual(expect.arrayContaining([expect.stringContaining('/finance-')]))
    await page.click('nav >> text="Stock"')
    await page.waitForSelector('main li')
    expect(errors).toEqual([])
    await page.close()
    await server.close()
  })
})
