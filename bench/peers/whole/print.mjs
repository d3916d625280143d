/**
 * The module that a hand-written tool would hand to the bundler: the data of all plugins, and one `import()` for the code
 * of each. Less than ours: no menu tree, no order by dependency, no conflicts, no types.
 */
export function print(root, plugins) {
  const all = plugins.map(({ file, value }) => {
    const data = JSON.stringify(value, (_, part) => (typeof part === 'function' ? undefined : part))
    return `  { ...${data}, load: () => import(${JSON.stringify(file.slice(root.length))}) },`
  })
  return `export default [\n${all.join('\n')}\n]\n`
}
