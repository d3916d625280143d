/** `packages({ root })`, which is what `framework-m packages` prints: discovery alone. Every manifest is parsed. */
import { packages } from '@framework-m/composer'
import { packageList } from '../answer.mjs'

export const run = ({ root }) => packages({ root }).packages

export const answer = (found) => packageList(found)
