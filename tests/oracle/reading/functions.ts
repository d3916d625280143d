/** Random modules of functions, callbacks, classes, namespaces and enums that share, hand on and change what they hold. */
import { type Random, random } from './generate.js'
import type { Case } from './oracle.js'

type Kind = 'number' | 'text' | 'array' | 'object'
const KINDS: Kind[] = ['number', 'text', 'array', 'object']

interface Named {
  name: string
  kind: Kind
}

interface Callable extends Named {
  parameters: Kind[]
  /** Whether it takes any number of arguments. */
  open: boolean
}

/** What may be named at a place. */
interface Scope {
  values: Named[]
  functions: Callable[]
  /** Names that an assignment may change. */
  variables: Named[]
}

const inner = (scope: Scope): Scope => ({
  values: [...scope.values],
  functions: [...scope.functions],
  variables: [...scope.variables],
})

class FunctionWriter {
  private count = 0
  /** How often what is written changes something. */
  constructor(
    readonly random: Random,
    readonly changes: number,
  ) {}

  pick<T>(from: readonly T[]): T {
    return from[this.random(from.length)] as T
  }

  fresh(prefix: string, scope?: Scope): string {
    // Now and then a name that is taken outside.
    const taken = scope?.values.filter((it) => !it.name.includes('.')) ?? []
    if (taken.length > 0 && this.random(12) === 0) return this.pick(taken).name
    this.count += 1
    return `${prefix}${this.count}`
  }

  some<T>(make: () => T, most: number): T[] {
    return Array.from({ length: this.random(most + 1) }, make)
  }

  expression(kind: Kind, scope: Scope, depth: number): string {
    const named = scope.values.filter((it) => it.kind === kind)
    if (named.length > 0 && this.random(depth > 0 ? 3 : 1) === 0) return this.pick(named).name
    if (depth <= 0) return this.literal(kind)
    const callables = scope.functions.filter((it) => it.kind === kind)
    if (callables.length > 0 && this.random(3) === 0) return this.call(this.pick(callables), scope, depth)
    if (this.random(25) === 0) return this.calledAtOnce(kind, scope, depth)
    if (this.random(12) === 0)
      return `(${this.test(scope, depth)} ? ${this.expression(kind, scope, depth - 1)} : ${this.expression(kind, scope, depth - 1)})`
    if (this.random(this.changes) === 0) return this.sequence(kind, scope, depth)
    return this[kind](scope, depth - 1)
  }

  literal(kind: Kind): string {
    switch (kind) {
      case 'number':
        return this.pick(['0', '1', '2', '-0', 'NaN', '3', '-1'])
      case 'text':
        return this.pick(["'a'", "'b'", "''", "'10'", "'9'", "'é'"])
      case 'array':
        return this.pick([
          '[]',
          '[1]',
          "['b', 'a']",
          '[3, 1, 2]',
          '[{ n: 1 }, { n: 2 }]',
          '[undefined, 2, null]',
        ])
      case 'object':
        return this.pick(['{ n: 1 }', "{ n: 1, list: [1, 2], s: 'x' }", '{ deep: { n: 1 } }', '{}'])
    }
  }

  call(it: Callable, scope: Scope, depth: number): string {
    const given = it.parameters.map((kind) =>
      this.random(8)
        ? this.expression(kind, scope, depth - 1)
        : this.pick(['undefined', this.any(scope, depth - 1)]),
    )
    if (this.random(8) === 0) given.pop()
    if (it.open) given.push(...this.some(() => this.any(scope, depth - 1), 3))
    if (this.random(40) === 0) return `${it.name}(...[${given.join(', ')}])`
    return `${it.name}(${given.join(', ')})`
  }

  calledAtOnce(kind: Kind, scope: Scope, depth: number): string {
    const { parameters, body, takes } = this.parts(kind, scope, depth - 1)
    const given = takes.map((it) => this.expression(it, scope, depth - 1)).join(', ')
    return this.random(4)
      ? `((${parameters}): any => {\n${body}})(${given})`
      : `(function (${parameters}): any {\n${body}})(${given})`
  }

  sequence(kind: Kind, scope: Scope, depth: number): string {
    return `(${this.change(scope, depth)}, ${this.expression(kind, scope, depth - 1)})`
  }

  any(scope: Scope, depth: number): string {
    return this.expression(this.pick(KINDS), scope, depth)
  }

  test(scope: Scope, depth: number): string {
    return this.pick([
      () => `${this.any(scope, depth - 1)} === ${this.any(scope, depth - 1)}`,
      () => `${this.expression('number', scope, depth - 1)} > ${this.expression('number', scope, depth - 1)}`,
      () => `${this.expression('array', scope, depth - 1)}.length > 1`,
      () => `!${this.any(scope, depth - 1)}`,
      () => `typeof ${this.any(scope, depth - 1)} === 'object'`,
    ])()
  }

  number(scope: Scope, depth: number): string {
    return this.pick([
      () =>
        `(${this.expression('number', scope, depth)} ${this.pick(['+', '-', '*', '%'])} ${this.expression('number', scope, depth)})`,
      () => `${this.expression('array', scope, depth)}.length`,
      () => `${this.expression('array', scope, depth)}.indexOf(${this.any(scope, depth)})`,
      () => `Number(${this.expression('object', scope, depth)}?.n)`,
      () =>
        `${this.expression('array', scope, depth)}.reduce((sum: any, it: any, index: any) => ${this.pick(['sum + index', 'index', 'sum'])}, 0)`,
      () => `${this.expression('array', scope, depth)}.findIndex(${this.callback(scope, depth)})`,
    ])()
  }

  text(scope: Scope, depth: number): string {
    return this.pick([
      () => `\`\${${this.expression('number', scope, depth)}}-\${${this.expression('text', scope, depth)}}\``,
      () => `(${this.expression('text', scope, depth)} + ${this.expression('text', scope, depth)})`,
      () => `typeof ${this.any(scope, depth)}`,
      () => `String(${this.expression('number', scope, depth)})`,
      () => `${this.expression('text', scope, depth)}.toUpperCase()`,
      () => `${this.expression('array', scope, depth)}.length.toString()`,
    ])()
  }

  array(scope: Scope, depth: number): string {
    const list = () => this.expression('array', scope, depth)
    return this.pick([
      () => `[${this.some(() => this.any(scope, depth), 3).join(', ')}]`,
      () => `[...${list()}, ${this.any(scope, depth)}]`,
      () => `${list()}.map(${this.callback(scope, depth)})`,
      () => `${list()}.filter(${this.callback(scope, depth)})`,
      () => `${list()}.flatMap(${this.callback(scope, depth)})`,
      () => `${list()}.concat(${this.any(scope, depth)})`,
      () => `${list()}.slice(${this.pick(['', '1', '0, 2'])})`,
      () => `[...${list()}].${this.pick(['sort', 'toSorted'])}(${this.comparator(scope, depth)})`,
      () => `${list()}.slice().sort(${this.comparator(scope, depth)}).reverse()`,
      () => `${list()}.${this.random(this.changes) === 0 ? this.pick(['sort', 'reverse']) : 'toReversed'}()`,
      () => `Array.from(${list()}, ${this.callback(scope, depth)})`,
      () => `Array.from({ length: ${this.pick(['2', '3', '0'])} }, ${this.callback(scope, depth)})`,
      () => `Object.values(${this.expression('object', scope, depth)})`,
      () =>
        `Object.entries(${this.expression('object', scope, depth)}).map(([key, value]: any) => [value, key])`,
      () => `Array.from(new Set(${list()}))`,
      () => `((${this.expression('object', scope, depth)})?.list ?? [])`,
      () => `${list()}.reduce((all: any, it: any) => [...all, it], [])`,
      () => `${list()}.reduce((all: any, it: any) => all, ${list()})`,
    ])()
  }

  object(scope: Scope, depth: number): string {
    const object = () => this.expression('object', scope, depth)
    return this.pick([
      () =>
        `({ n: ${this.expression('number', scope, depth)}, list: ${this.expression('array', scope, depth)}, deep: ${this.any(scope, depth)} })`,
      () => `({ ...${object()}, a: ${this.any(scope, depth)} })`,
      () => `Object.assign({}, ${object()}, ${object()})`,
      () => `Object.freeze({ held: ${this.any(scope, depth)} })`,
      () =>
        `(${this.expression('array', scope, depth)}.find((it: any) => it && typeof it === 'object') ?? ${object()})`,
      () => `Object.fromEntries(Object.entries(${object()}))`,
      () => `({ a: ${object()}, b: ${object()} })`,
      () =>
        this.random(8)
          ? object()
          : `({ set set(value: any) { try { value.n = 54 } catch {} }, n: ${this.expression('number', scope, depth)} })`,
      () =>
        this.random(8) ? object() : `({ get g() { return ${this.any(scope, depth)} }, ...${object()} })`,
    ])()
  }

  /** A function for a method of an array. */
  callback(scope: Scope, depth: number): string {
    if (scope.functions.length > 0 && this.random(3) === 0) return this.pick(scope.functions).name
    if (this.random(8) === 0) return this.pick(['Boolean', 'String', 'Number'])
    const names = this.pick<string[]>([
      ['it'],
      ['it', 'index'],
      ['it', 'index', 'all'],
      ['it', '...more'],
      ['{ n, ...more }: any'],
      ['it', 'index = 5', 'all = []'],
    ])
    const bound = [...names.join(' ').matchAll(/\b(it|index|all|n|more)\b/g)].map((it) => it[1] as string)
    const parameters = names.map((it) => (/[{=.]/.test(it) ? it : `${it}: any`)).join(', ')
    const safe = inner(scope)
    for (const name of bound.filter((it) => it === 'index')) safe.values.push({ name, kind: 'number' })
    if (names.some((it) => it === 'all')) safe.values.push({ name: 'all', kind: 'array' })
    const given = bound.length > 0 ? this.pick(bound) : '0'
    const result = this.pick([
      given,
      `[${given}]`,
      `({ ${given} })`,
      `({ v: ${given}, w: ${this.any(safe, depth - 1)} })`,
      this.any(safe, depth - 1),
    ])
    if (this.random(3)) return `(${parameters}): any => ${result.startsWith('{') ? `(${result})` : result}`
    const change = this.random(this.changes) === 0 ? `${this.change(safe, depth)}\n` : ''
    const own = this.fresh('own')
    return `(${parameters}): any => { const ${own} = ${given}; ${change}if (${this.test(safe, depth - 1)}) return ${own}; return ${result} }`
  }

  comparator(scope: Scope, depth: number): string {
    const two = scope.functions.filter((it) => it.kind === 'number')
    return this.pick([
      () => '',
      () => '(a: any, b: any) => a - b',
      () => '(a: any, b: any) => b?.n - a?.n',
      () => '() => 0',
      () => '(a: any, b: any) => (String(a) < String(b) ? -1 : 1)',
      () => '(a: any, b: any) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)',
      () => '(a: any, b: any): any => a > b',
      () => '(a: any, ...more: any[]) => String(a).length - String(more[more.length - 1]).length',
      () =>
        this.random(this.changes) === 0 ? '(a: any, b: any) => { if (a) a.n = 66; return 0 }' : '() => -1',
      () => (two.length > 0 ? this.pick(two).name : '() => 1'),
      () => `() => ${this.expression('number', scope, depth - 1)}`,
    ])()
  }

  parts(kind: Kind, scope: Scope, depth: number) {
    const scoped = inner(scope)
    const takes: Kind[] = []
    const parameters: string[] = []
    for (let left = this.random(4); left > 0; left -= 1) {
      const takenKind = this.pick(KINDS)
      const name = this.fresh('p', scope)
      if (parameters.some((it) => new RegExp(`\\b${name}\\b`).test(it))) continue
      takes.push(takenKind)
      const value = () => this.expression(takenKind, scoped, 1)
      if (takenKind === 'object' && this.random(3) === 0) {
        const part = this.fresh('q')
        parameters.push(`{ n: ${part} = 4, ...${name} }: any = ${this.literal('object')}`)
        scoped.values.push({ name: part, kind: 'number' })
      } else if (takenKind === 'array' && this.random(4) === 0) {
        parameters.push(`[, ...${name}]: any = ${value()}`)
      } else parameters.push(`${name}: any = ${value()}`)
      scoped.values = scoped.values.filter((it) => it.name !== name)
      scoped.functions = scoped.functions.filter((it) => it.name !== name)
      scoped.values.push({ name, kind: takenKind })
      if (this.random(2)) scoped.variables.push({ name, kind: takenKind })
    }
    const open = this.random(4) === 0
    if (open) {
      const name = this.fresh('r')
      parameters.push(`...${name}: any[]`)
      scoped.values.push({ name, kind: 'array' })
    }
    return { parameters: parameters.join(', '), body: this.body(kind, scoped, depth), takes, open }
  }

  body(kind: Kind, scope: Scope, depth: number): string {
    const own = inner(scope)
    let text = ''
    for (let left = depth > 0 ? this.random(4) : 0; left > 0; left -= 1)
      text += this.statement(kind, own, depth)
    return `${text}return ${this.expression(kind, own, depth)}\n`
  }

  statement(kind: Kind, scope: Scope, depth: number): string {
    const block = () => this.body(kind, scope, depth - 1)
    const label = this.fresh('out')
    if (this.random(this.changes) === 0) return `${this.change(scope, depth)}\n`
    return this.pick([
      () => this.declaration(scope, depth),
      () => this.declaration(scope, depth),
      () => `if (${this.test(scope, depth)}) {\n${block()}}\n`,
      () =>
        `if (${this.test(scope, depth)}) { ${this.declaration(inner(scope), depth)} } else return ${this.expression(kind, scope, depth - 1)}\n`,
      () =>
        `switch (${this.pick([this.expression('number', scope, 1), `typeof ${this.any(scope, 1)}`])}) {\ncase 1:\ncase 'object': {\n${block()}}\ncase 2: ${this.random(2) ? `return ${this.expression(kind, scope, depth - 1)}` : ''}\ndefault:\nif (${this.test(scope, 1)}) return ${this.expression(kind, scope, depth - 1)}\n${this.random(2) ? `case 0: return ${this.expression(kind, scope, depth - 1)}` : ''}\n}\n`,
      () => this.inside(scope, depth),
      () =>
        this.random(40)
          ? ''
          : `try { ${this.declaration(inner(scope), depth)} } finally { ${this.random(3) ? '' : block()} }\n`,
      () => (this.random(40) ? '' : `${label}: { if (${this.test(scope, 1)}) break ${label}\n${block()} }\n`),
    ])()
  }

  inside(scope: Scope, depth: number): string {
    if (depth <= 0) return ''
    const name = this.fresh('g')
    const kind = this.pick(KINDS)
    const { parameters, body, takes, open } = this.parts(kind, scope, depth - 1)
    scope.functions.push({ name, kind, parameters: takes, open })
    return this.pick([
      `const ${name} = (${parameters}): any => {\n${body}}\n`,
      `const ${name} = (${parameters}): any => {\n${body}}\n`,
      `const ${name} = (${parameters}): any => {\n${body}}\n`,
      `function ${name}(${parameters}): any {\n${body}}\n`,
    ])
  }

  declaration(scope: Scope, depth: number): string {
    const kind = this.pick(KINDS)
    const name = this.fresh('c')
    const value = this.expression(kind, scope, depth)
    if (kind === 'object' && this.random(3) === 0) {
      const part = this.fresh('d')
      scope.values.push({ name: part, kind: 'array' }, { name, kind })
      return `const { list: ${part} = [], ...${name} }: any = ${value} ?? {}\n`
    }
    const keyword = this.pick(['const', 'const', 'const', 'let'])
    scope.values.push({ name, kind })
    if (keyword === 'let') scope.variables.push({ name, kind })
    return `${keyword} ${name}: any = ${value}\n`
  }

  /** An expression that changes something. */
  change(scope: Scope, depth: number): string {
    const arrays = scope.values.filter((it) => it.kind === 'array')
    const objects = scope.values.filter((it) => it.kind === 'object')
    const forms = [() => '0']
    if (scope.variables.length > 0) {
      const it = this.pick(scope.variables)
      forms.push(() => `(${it.name} = ${this.expression(it.kind, scope, depth - 1)})`)
    }
    if (arrays.length > 0) {
      const { name } = this.pick(arrays)
      const changes = [`push?.(77)`, `pop?.()`, `sort?.()`, `reverse?.()`, `unshift?.(76)`, `splice?.(0, 1)`]
      forms.push(() => `${name}?.${this.pick(changes)}`)
      forms.push(() => `${name}?.forEach?.((it: any) => { try { it.n = 75 } catch {} })`)
    }
    if (objects.length > 0) {
      const { name } = this.pick(objects)
      forms.push(() => `Object.assign(${name} ?? {}, { n: 74 })`)
      forms.push(() => `delete ${name}?.n`)
      forms.push(() => `${name}?.list?.push?.(73)`)
      forms.push(() => `${name}?.g?.push?.(72)`)
      forms.push(() => `Object.assign(${name} ?? {}, { set: ${this.pick(objects).name} })`)
      forms.push(() => `((it: any) => { if (it) it.n = 72 })(${name})`)
      forms.push(() => `Object.values(${name} ?? {}).map((it: any) => { try { it.n = 71 } catch {} })`)
    }
    if (scope.functions.length > 0) {
      const made = this.call(this.pick(scope.functions), scope, 1)
      forms.push(() => `((it: any) => { try { it.n = 70; it.push(69) } catch {} })(${made})`)
    }
    return this.pick(forms)()
  }
}

/** A module of functions and of what they make, in which some things are changed. */
export function functionModule(seed: number): Case {
  const seeded = random(seed)
  const writer = new FunctionWriter(seeded, seeded(2) === 0 ? 100_000 : 60)
  const files: Record<string, string> = {}
  const size = writer.pick([1, 1, 2, 3])
  const scope: Scope = { values: [], functions: [], variables: [] }
  const shown: string[] = []
  const value = (prefix = '') => {
    const kind = writer.pick(KINDS)
    const name = writer.fresh('v')
    const text = writer.expression(kind, scope, size)
    const keyword = prefix ? 'const' : writer.pick(['const', 'const', 'const', 'let', 'var'])
    scope.values.push({ name, kind })
    if (keyword !== 'const') scope.variables.push({ name, kind })
    shown.push(name)
    return `${prefix}${keyword} ${name}: any = ${text}\n`
  }
  const callable = (prefix = '') => {
    const kind = writer.pick(KINDS)
    const name = writer.fresh('f')
    const { parameters, body, takes, open } = writer.parts(kind, scope, Math.min(size, 2))
    scope.functions.push({ name, kind, parameters: takes, open })
    return writer.pick([
      `${prefix}const ${name} = (${parameters}): any => {\n${body}}\n`,
      `${prefix}function ${name}(${parameters}): any {\n${body}}\n`,
      `${prefix}const ${name} = function (${parameters}): any {\n${body}}\n`,
    ])
  }
  const holder = (prefix = '') => {
    const name = writer.fresh('H')
    const kind = writer.pick(KINDS)
    const held = writer.expression(kind, scope, size)
    const changes = writer.changes < 1000 && seeded(3) === 0
    const member = writer.expression('number', scope, 1)
    scope.values.push({ name: `${name}.held`, kind })
    return writer.pick([
      () =>
        `${prefix}class ${name} { static held: any = ${held}; static other: any = ${member}; ${changes ? writer.pick(['static { this.held = 60 }', 'static #p: any = 1; static set() { this.held = 61 }', `static { ${name}.held?.push?.(62) }`, 'constructor() { (this as any).constructor.held = 63 }', 'x = (new.target as any, 1)']) : ''} }\n${changes ? writer.pick([`(${name} as any).set?.()\n`, `new ${name}()\n`, `;(new ${name}() as any).constructor.held = 64\n`, `class S${name} extends ${name} { static { try { (super.held as any).n = 65 } catch {} } }\n`, `try { ({ __proto__: ${name} } as any).held.n = 66 } catch {}\n`, `${name}.held = 67\n`]) : ''}`,
      () =>
        `${prefix}namespace ${name} { export const held: any = ${held}; export const other: any = ${member} }\n${changes ? writer.pick([`;(${name} as any).held = 59\n`, `try { ${name}.held.n = 58 } catch {}\n`, `Object.assign(${name}, { held: 57 })\n`]) : ''}`,
      () =>
        `${prefix}var ${name}: any = ((E: any) => { E["held"] = ${held}; E[E["B"] = 1] = "B"; ${seeded(12) ? 'return E' : ''} })(${name} || {})\n${changes ? `try { ${name}.held.n = 56; ${name}.B = 55 } catch {}\n` : `${name} ?? 0\n`}`,
    ])()
  }
  let text = ''
  if (writer.random(2)) {
    let shared = callable('export ') + value('export ') + holder('export ') + callable('export ')
    if (seeded(6) === 0) shared += `try { ${writer.change(scope, 1)} } catch {}\n`
    files['shared.ts'] = shared
    const names = [...shared.matchAll(/^export (?:const|function|class|namespace|var) (\w+)/gm)].map(
      (it) => it[1],
    )
    text += `import { ${names.join(', ')} } from './${seeded(2) ? 'shared' : 'barrel'}'\n`
    files['barrel.ts'] = "export * from './shared'\n"
    scope.variables = []
    if (seeded(6) === 0) {
      files['effect.ts'] =
        `import { ${names.join(', ')} } from './shared'\ntry { ${writer.change(scope, 1)} } catch {}\ntry { ${writer.change(scope, 1)} } catch {}\n`
      text += "import './effect'\n"
    }
  }
  for (let left = 3 + writer.random(4); left > 0; left -= 1) {
    text += writer.pick([() => value(), () => value(), () => callable(), () => callable(), () => holder()])()
    if (writer.random(writer.changes) === 0) text += `try { ${writer.change(scope, 2)} } catch {}\n`
  }
  for (const it of scope.functions) {
    const name = writer.fresh('u')
    text += `const ${name}: any = ${writer.call(it, scope, size)}\n`
    scope.values.push({ name, kind: it.kind })
    shown.push(name)
  }
  if (writer.random(writer.changes) < 8) text += `try { ${writer.change(scope, 2)} } catch {}\n`
  text += `export default { ${shown.join(', ')} }\n`
  for (const it of scope.values.filter((it) => it.name.includes('.')))
    text += `export const x_${it.name.replace('.', '_')} = ${it.name}\n`
  files['module.ts'] = text
  return { name: `functions-${seed}`, files }
}
