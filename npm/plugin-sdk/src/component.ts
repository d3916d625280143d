/**
 * A component as its user interface library has it: a function, a class, or what `lazy`, `memo` or
 * `forwardRef` return. React itself is not named here, so that a plugin's types do not depend on its version.
 */
export type Component =
  | ((props: never) => unknown)
  | (new (
      props: never,
    ) => unknown)
  | { readonly $$typeof: symbol }

/** A function that imports a module whose default export is the component: `() => import('./src/Page')`. */
export type LazyComponent = () => Promise<{ default: unknown }>

/**
 * How a plugin names a component: lazily, or by an imported name. The composer turns an imported name into a
 * lazy reference too, so that neither form brings the component's code into the shell's first load.
 */
export type ComponentReference = LazyComponent | Component
