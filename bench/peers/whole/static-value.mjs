/**
 * A value from a syntax tree of Babel, as a project's own script would read it: literals, constants of the same file,
 * spreads, templates, arithmetic, calls of `define…`. It follows no imports and no changes of objects, which is less than
 * ours, and throws at whatever it does not know.
 */

/** What the default export of a module is. Functions become `{ import }` or `{ code: true }`. */
export function defaultExport(program) {
  const constants = new Map()
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type === 'VariableDeclaration' && declaration.kind === 'const')
      for (const { id, init } of declaration.declarations) constants.set(id.name, evaluated(init, constants))
    if (statement.type === 'ExportDefaultDeclaration') return evaluated(statement.declaration, constants)
  }
  throw new Error('the module has no default export')
}

function evaluated(node, constants) {
  const value = (inner) => evaluated(inner, constants)
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return node.value
    case 'NullLiteral':
      return null
    case 'Identifier':
      if (constants.has(node.name)) return constants.get(node.name)
      break
    case 'TemplateLiteral':
      return node.quasis.reduce(
        (text, { value: { cooked } }, index) =>
          `${text}${cooked}${index < node.expressions.length ? value(node.expressions[index]) : ''}`,
        '',
      )
    case 'BinaryExpression':
      if (node.operator === '+') return value(node.left) + value(node.right)
      if (node.operator === '*') return value(node.left) * value(node.right)
      break
    case 'ArrayExpression':
      return node.elements.flatMap((element) =>
        element.type === 'SpreadElement' ? value(element.argument) : [value(element)],
      )
    case 'ObjectExpression':
      return objectOf(node, value)
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return value(node.expression)
    case 'CallExpression':
      if (/^define/.test(node.callee.name)) return value(node.arguments[0])
      break
    case 'ArrowFunctionExpression':
      return code(node)
  }
  throw new Error(`line ${node.loc.start.line}: ${node.type} is not static`)
}

function objectOf(node, value) {
  const object = {}
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') Object.assign(object, value(property.argument))
    else if (property.type === 'ObjectMethod') object[property.key.name] = { code: true }
    else {
      const key = property.computed ? value(property.key) : (property.key.name ?? property.key.value)
      object[key] = value(property.value)
    }
  }
  return object
}

function code({ body }) {
  const isImport = body.type === 'CallExpression' && body.callee.type === 'Import'
  return isImport ? { import: body.arguments[0].value } : { code: true }
}
