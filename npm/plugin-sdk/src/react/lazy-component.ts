import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { LazyComponent } from '../component.js'

type Props = Readonly<Record<string, unknown>>
type Loaded = LazyExoticComponent<ComponentType<Props>>

const components = new WeakMap<LazyComponent, Loaded>()

/** The component behind a function that loads it: the same one each time, and another after it could not be loaded. */
export function lazyComponent(load: LazyComponent): Loaded {
  const known = components.get(load)
  if (known) return known
  const component = lazy(async () => {
    try {
      return (await load()) as { default: ComponentType<Props> }
    } catch (error) {
      components.delete(load)
      throw error
    }
  })
  components.set(load, component)
  return component
}
