/** `import('@framework-m/composer')` in a process that has loaded nothing else: the package's entry and the binding. */
export const once = true

export const run = () => import('@framework-m/composer')
