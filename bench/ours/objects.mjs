/** The whole job, and then every object of the result is read, down to the last: what `inspect --json` needs, and no bundler. */
import { answer, run as compose } from './compose.mjs'

export { answer }

export function run(input) {
  const made = compose(input)
  touch(made.composed)
  return made
}

function touch(value) {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) touch(part)
}
