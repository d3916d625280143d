import { type ComponentType, type LazyExoticComponent, lazy, useContext } from 'react'
import type { LazyComponent } from '../component.js'
import { PartContext } from './scope.js'

type Props = Readonly<Record<string, unknown>>
type Loaded = {
  readonly component: LazyExoticComponent<ComponentType<Props>>
  /** The attempts that have waited for it. */
  readonly attempts: WeakSet<object>
  failed: boolean
}

const components = new WeakMap<LazyComponent, Loaded>()

/**
 * The component behind a function that loads it: the same one each time. One that could not be loaded fails for those who
 * have waited for it, and is loaded again by the next attempt.
 */
export function useLazyComponent(load: LazyComponent): Loaded['component'] {
  const { attempt } = useContext(PartContext)
  let loaded = components.get(load)
  if (!loaded || (loaded.failed && !loaded.attempts.has(attempt))) {
    loaded = loading(load)
    components.set(load, loaded)
  }
  loaded.attempts.add(attempt)
  return loaded.component
}

function loading(load: LazyComponent): Loaded {
  const component = lazy(async () => {
    try {
      const module = await load()
      if (isComponent(module?.default)) return { default: module.default }
      throw new TypeError('its module has no component as its default export')
    } catch (error) {
      loaded.failed = true
      throw error
    }
  })
  const loaded: Loaded = { component, attempts: new WeakSet(), failed: false }
  return loaded
}

/** A function, a class, or what `memo`, `forwardRef` and `lazy` make. */
function isComponent(value: unknown): value is ComponentType<Props> {
  return typeof value === 'function' || (typeof value === 'object' && value !== null && '$$typeof' in value)
}
