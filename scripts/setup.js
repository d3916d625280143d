/** Installs whatever a fresh machine lacks, and says what is missing where it cannot. Needs nothing but Node. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { bin, has, root, run, step } from './run.js'

const CHROMIUM = '/usr/bin/chromium'

export function setup({ browser }) {
  checkNode()
  checkRust()
  installPackages()
  if (browser) installBrowser()
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  stop(`Node ${process.versions.node} is too old: 20.19 or later is needed (https://nodejs.org).`)
}

function checkRust() {
  if (!has('cargo'))
    stop('Rust is missing: install 1.95 or later from https://rustup.rs, then run this again.')
}

function installPackages() {
  const installed = join(root, 'node_modules/.package-lock.json')
  const lock = join(root, 'package-lock.json')
  const current = existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs
  if (current && existsSync(bin('napi'))) return
  step('Installing npm packages')
  run('npm', ['ci', '--no-audit', '--no-fund'])
}

function installBrowser() {
  if (existsSync(CHROMIUM)) return
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (!has('apt-get')) {
    stop(`The browser tests need Chromium at ${CHROMIUM}: install it with your system's package manager.`)
  }
  step('Installing Chromium')
  const [command, ...rest] = [...sudo, 'apt-get']
  run(command, [...rest, 'update', '-qq'])
  run(command, [...rest, 'install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}

function stop(message) {
  console.error(`✗ ${message}`)
  process.exit(1)
}
