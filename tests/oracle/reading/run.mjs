// Runs modules in Node and compares what they export with what the reader said of them: `node run.mjs FILE [--apart]`.
// The file has `[{ name, entry, said }]`. Prints `[{ name, threw, wrong, unknown }]`. With `--apart` each module runs in a
// thread, which has globals and modules of its own and starts sooner than a process.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

globalThis.t = globalThis.$t = (key) => ({ $message: key })
globalThis.React = { createElement: (...parts) => ({ parts }), Fragment: 'fragment' }

if (isMainThread) {
  const [, , file, apart] = process.argv
  const cases = JSON.parse(readFileSync(file, 'utf8'))
  const results = apart ? await eachApart(cases) : await oneAfterAnother(cases)
  process.stdout.write(`${JSON.stringify(results)}\n`, () => process.exit(0))
} else {
  parentPort.postMessage(await run(workerData))
}

async function oneAfterAnother(cases) {
  const results = []
  for (const it of cases) results.push(await run(it))
  return results
}

async function eachApart(cases) {
  const results = []
  const waiting = cases.entries()
  const take = async () => {
    for (const [index, it] of waiting) results[index] = await runApart(it)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, take))
  return results
}

async function runApart(it) {
  const worker = new Worker(new URL(import.meta.url), { workerData: it })
  const [result] = await once(worker, 'message')
  await worker.terminate()
  return result
}

async function run({ name, entry, said }) {
  const result = { name, threw: null, wrong: [], unknown: 0 }
  try {
    const namespace = await import(pathToFileURL(entry).href)
    for (const [key, value] of Object.entries(said.exports)) {
      if (!(key in namespace) && !('$dynamic' in Object(value))) result.wrong.push(`${key}: not exported`)
      else compare(value, namespace[key], key, result)
    }
  } catch (error) {
    result.threw = String(error)
  }
  return result
}

function compare(said, real, path, result) {
  const differ = () => result.wrong.push(`${path}: said ${JSON.stringify(said)}, is ${show(real)}`)
  if (typeof said !== 'object' || said === null) {
    if (!Object.is(said, real)) differ()
  } else if (Array.isArray(said)) {
    if (!Array.isArray(real)) return differ()
    compareElements(said, real, path, result, differ)
  } else if ('$dynamic' in said && !Object.hasOwn(Object(real), '$dynamic')) {
    result.unknown += 1
  } else if (said.$code === 'import' && !said.lazy && said.resolved) {
    // What another module makes is named by its export, whatever it is.
    result.unknown += 1
  } else if ('$code' in said) {
    const kinds = said.$code === 'function' || said.$code === 'class' ? ['function'] : ['function', 'object']
    if (!kinds.includes(typeof real)) differ()
  } else if ('$undefined' in said) {
    if (real !== undefined) differ()
  } else if ('$number' in said) {
    if (!Object.is(Number(said.$number), real)) differ()
  } else if ('$bigint' in said) {
    if (real !== BigInt(said.$bigint)) differ()
  } else {
    compareObjects(said, real, path, result, differ)
  }
}

function compareElements(said, real, path, result, differ) {
  for (const [index, element] of said.entries()) {
    if (element?.spread && '$dynamic' in element) {
      result.unknown += 1
      return
    }
    if (!Object.hasOwn(real, index)) return differ()
    compare(element, real[index], `${path}[${index}]`, result)
  }
  if (said.length !== real.length) differ()
}

function compareObjects(said, real, path, result, differ) {
  if (typeof real !== 'object' || real === null || Array.isArray(real)) return differ()
  const isSpread = (value) => Boolean(value?.spread && '$dynamic' in value)
  const keys = Object.keys(said).filter((key) => !isSpread(said[key]))
  const open = Object.values(said).some(isSpread)
  if (open) result.unknown += 1
  else if (JSON.stringify(keys) !== JSON.stringify(Object.keys(real))) return differ()
  if (Object.getPrototypeOf(real) !== Object.prototype) return differ()
  for (const key of keys) {
    const descriptor = Object.getOwnPropertyDescriptor(real, key)
    if (descriptor && !('value' in descriptor)) result.unknown += 1
    else compare(said[key], descriptor?.value, `${path}.${key}`, result)
  }
}

function show(value) {
  try {
    return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value))
  } catch {
    return String(value)
  }
}
