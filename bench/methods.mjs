/** The methods by name: ours, peers and floors, as `rounds.mjs` takes them. */
import { join } from 'node:path'

const file = (path) => join(import.meta.dirname, path)

/** One of ours: a module in `ours/`. */
export const ours = (name, module, input, options) => ({
  name,
  file: file(`ours/${module}.mjs`),
  input,
  ...options,
})

/** One of others': a module in `peers/`, by the name that it gives itself. */
export async function peer(module, input, options) {
  const { label } = await import(file(`peers/${module}.mjs`))
  return { name: label, file: file(`peers/${module}.mjs`), input, ...options }
}

/** A program of ours in Rust, which prints what `sample.mjs` prints. */
export const program = (name, executable, args, options) => ({
  name,
  command: [executable, ...args],
  ...options,
})
