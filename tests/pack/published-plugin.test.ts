/** A plugin as its author publishes it: compiled, checked, packed, and installed by somebody who has a shell of their own. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch, serve, visit } from '../build/browser.js'
import { installed, type Project } from './project.js'
import { type Registry, serveRegistry } from './registry.js'
import { type Release, release, remove, temporary } from './release.js'

let released: Release
let registry: Registry
let author: Project
let browser: Browser
const buyer = temporary('buyer')

beforeAll(async () => {
  released = release()
  registry = await serveRegistry(released.packages)
  author = installed('npm', registry.url)
  browser = await launch()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  registry?.close()
  released?.remove()
  for (const root of [author?.root, buyer]) if (root) remove(root)
})

function edit(file: string, change: (manifest: Record<string, unknown>) => unknown): void {
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  change(manifest)
  writeFileSync(file, JSON.stringify(manifest, null, 2))
}

/** What the author has installed, without the author's own packages. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) {
    if (name === '@my-company') continue
    if (name.startsWith('@')) linkPackages(join(from, name), join(to, name))
    else symlinkSync(join(from, name), join(to, name), 'junction')
  }
}

test('a plugin that is checked works in the shell of whoever installs its tarball', async () => {
  const wms = join(author.root, 'plugins/wms')
  edit(join(wms, 'package.json'), (manifest) => {
    delete manifest.private
    Object.assign(manifest, { 'framework-m': { plugin: './dist/plugin.config.js' }, files: ['dist'] })
  })
  await expect(author.run('framework-m', 'check', '--pack')).rejects.toThrow('FM1302')
  await author.run('framework-m', 'generate')
  await author.run('tsc', '--project', wms, '--noEmit', 'false', '--outDir', join(wms, 'dist'))
  expect(await author.run('framework-m', 'check', '--pack')).toMatch(
    /^not checked: @my-company\/finance, because it is private\nchecked: @my-company\/wms, \d+ files\nnothing to report\n$/,
  )
  execFileSync('npm', ['pack', '--silent', '--pack-destination', buyer], { cwd: wms })

  linkPackages(join(author.root, 'node_modules'), join(buyer, 'node_modules'))
  const plugin = join(buyer, 'node_modules/@my-company/wms')
  mkdirSync(plugin, { recursive: true })
  const tarball = join(buyer, 'my-company-wms-1.4.0.tgz')
  execFileSync('tar', ['-xzf', tarball, '-C', plugin, '--strip-components=1'])
  for (const part of ['package.json', 'index.html', 'vite.config.ts', 'src'])
    cpSync(join(author.shell, part), join(buyer, part), { recursive: true })
  edit(join(buyer, 'package.json'), ({ dependencies }) =>
    Object.assign(dependencies as object, { '@my-company/wms': '^1.4.0' }),
  )
  await author.run('vite', 'build', buyer, '--logLevel', 'error')

  const server = await serve(join(buyer, 'dist'))
  const { page, requests, errors } = await visit(browser, server.url)
  await page.click('nav >> text="Stock"')
  await page.waitForSelector('main li')
  expect(await page.locator('main').textContent()).toContain('A-100')
  expect(requests.some((file) => /^\/assets\/wms-[\w-]{8}\.js$/.test(file))).toBe(true)
  expect(errors).toEqual([])
  await page.close()
  await server.close()
})
