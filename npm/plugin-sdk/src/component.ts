/**
 * A component as its user interface library has it: a function, a class, or what `lazy`, `memo` or
 * `forwardRef` return. React itself is not named here, so that a plugin's types do not depend on its version.
 */
export type Component =
  // The compiler looks at it first, and then at no parameter: their types may lead back to the configuration.
  // biome-ignore lint/complexity/noBannedTypes: any function is what is meant
  Function | ((props: never) => unknown) | (new (props: never) => unknown) | { readonly $$typeof: symbol }

/** A function that imports a module whose default export is the component: `() => import('./src/Page')`. */
export type LazyComponent = () => Promise<{ default: unknown }>

/**
 * How a plugin names a component: lazily, by an imported name, or by its file and export, relative to the config:
 * `./src/Stock`, `./src/pages#Stock`. The last is what a config in JSON can say. The composer turns each form into
 * a lazy reference, so that none brings the component's code into the shell's first load.
 */
export type ComponentReference = LazyComponent | Component | `./${string}` | `../${string}`
