/** Random modules: constant ones, and ones that change what they declare behind the reader's back. */
import type { Case } from './oracle.js'

export type Random = (below: number) => number

/** A small deterministic generator (mulberry32). */
export function random(seed: number): Random {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

interface Names {
  values: string[]
  numbers: string[]
  texts: string[]
  arrays: string[]
  objects: string[]
}

class Writer {
  readonly names: Names = { values: [], numbers: [], texts: [], arrays: [], objects: [] }
  private count = 0

  constructor(readonly random: Random) {}

  pick<T>(from: readonly T[]): T {
    return from[this.random(from.length)] as T
  }

  fresh(): string {
    this.count += 1
    return `v${this.count}`
  }

  text(): string {
    return this.pick([
      "'a'",
      "'stock'",
      "'/wms/x'",
      "''",
      "'é😀'",
      "'10'",
      "'key'",
      `\`t\${1}\``,
      "'a-b'",
      "'__proto__'",
    ])
  }

  number(): string {
    return this.pick([
      '0',
      '1',
      '-1',
      '2.5',
      '1e21',
      '0.1',
      '0x10',
      '1_000',
      '-0',
      '7',
      'NaN',
      '1 / 3',
      '4294967296',
    ])
  }

  key(): string {
    return this.pick([
      'a',
      'b',
      'name',
      "'x-y'",
      '1',
      "'10'",
      'label',
      'order',
      "['c']",
      `[\`k\${1}\`]`,
      '2',
      'toLabel',
    ])
  }

  numeric(depth: number): string {
    const named = this.names.numbers
    if (depth <= 0) return named.length > 0 && this.random(2) ? this.pick(named) : this.number()
    const operand = () => this.numeric(depth - 1)
    switch (this.random(9)) {
      case 0:
        return `(${operand()} ${this.pick(['+', '-', '*', '/', '%', '|', '&', '^', '<<', '>>', '>>>'])} ${operand()})`
      case 1:
        return `${this.pick(['-', '+', '~'])}(${operand()})`
      case 2:
        return `Math.${this.pick(['max', 'min'])}(${operand()}, ${operand()})`
      case 3:
        return `Math.${this.pick(['floor', 'ceil', 'round', 'trunc', 'abs', 'sign', 'sqrt'])}(${operand()})`
      case 4:
        return `(${this.list(depth - 1)}).length`
      case 5:
        return `(${this.words(depth - 1)}).length`
      case 6:
        return `Number(${this.pick([this.words(depth - 1), operand()])})`
      case 7:
        return `(${this.words(depth - 1)}).indexOf(${this.text()})`
      default:
        return operand()
    }
  }

  words(depth: number): string {
    const named = this.names.texts
    if (depth <= 0) return named.length > 0 && this.random(2) ? this.pick(named) : this.text()
    const operand = () => this.words(depth - 1)
    switch (this.random(9)) {
      case 0:
        return `(${operand()} + ${this.value(depth - 1)})`
      case 1:
        return `\`<\${${operand()}}\${${this.numeric(depth - 1)}}>\``
      case 2:
        return `(${operand()}).${this.pick(['toUpperCase', 'toLowerCase', 'trim', 'toString'])}()`
      case 3:
        return `(${operand()}).${this.pick(['padStart', 'padEnd'])}(${this.random(9)}, '-')`
      case 4:
        return `(${this.list(depth - 1)}).map(String).join('|')`
      case 5:
        return `String(${this.numeric(depth - 1)})`
      case 6:
        return `(${operand()}).replace('a', 'Z')`
      case 7:
        return `typeof ${this.value(depth - 1)}`
      default:
        return operand()
    }
  }

  list(depth: number): string {
    const named = this.names.arrays
    if (depth <= 0)
      return named.length > 0 && this.random(2) ? this.pick(named) : `[${this.text()}, ${this.number()}]`
    const some = () => Array.from({ length: this.random(4) }, () => this.value(depth - 1))
    switch (this.random(9)) {
      case 0:
        return `[...(${this.list(depth - 1)}), ${some().join(', ')}]`
      case 1:
        return `[...(${this.truth(depth - 1)} ? [${this.value(depth - 1)}] : [])]`
      case 2:
        return `(${this.list(depth - 1)}).map((item, index) => (${this.pick(['item', '{ item, index }', '[index, item]', `\`\${index}\``])}))`
      case 3:
        return `(${this.list(depth - 1)}).filter((item, index) => ${this.pick(['index > 0', 'Boolean(item)', 'typeof item !== "number"'])})`
      case 4:
        return `(${this.list(depth - 1)}).concat(${some().join(', ')})`
      case 5:
        return `Object.${this.pick(['keys', 'values', 'entries'])}(${this.record(depth - 1)})`
      case 6:
        return `(${this.list(depth - 1)}).slice(${this.random(3)})`
      case 7:
        return `(${this.words(depth - 1)}).split('-')`
      default:
        return `[${some().join(', ')}]`
    }
  }

  record(depth: number): string {
    const named = this.names.objects
    if (depth <= 0)
      return named.length > 0 && this.random(2) ? this.pick(named) : `{ ${this.key()}: ${this.text()} }`
    const properties = Array.from({ length: this.random(4) }, () => this.property(depth))
    const literal = `{ ${properties.join(', ')} }`
    switch (this.random(5)) {
      case 0:
        return `Object.freeze(${literal})`
      case 1:
        return `Object.assign({}, ${this.record(depth - 1)}, ${literal})`
      case 2:
        return `Object.fromEntries(Object.entries(${this.record(depth - 1)}))`
      default:
        return `(${literal}${this.pick([' as const', '', '', ' satisfies object'])})`
    }
  }

  property(depth: number): string {
    switch (this.random(6)) {
      case 0:
        return `...(${this.record(depth - 1)})`
      case 1:
        return `...(${this.truth(depth - 1)} && ${this.record(depth - 1)})`
      case 2:
        return this.names.values.length > 0 ? this.pick(this.names.values) : `${this.key()}: 1`
      default:
        return `${this.key()}: ${this.value(depth - 1)}`
    }
  }

  truth(depth: number): string {
    switch (this.random(6)) {
      case 0:
        return `(${this.numeric(depth - 1)} ${this.pick(['<', '>', '<=', '>='])} ${this.value(depth - 1)} as any)`.replace(
          ' as any',
          '',
        )
      case 1:
        return `(${this.words(depth - 1)} ${this.pick(['==', '===', '!=', '!==', '<'])} ${this.words(depth - 1)})`
      case 2:
        return `!${this.value(depth - 1)}`
      case 3:
        return `(${this.list(depth - 1)}).${this.pick(["some((item) => typeof item === 'string')", 'every(Boolean)'])}`
      case 4:
        return `('a' in ${this.record(depth - 1)})`
      default:
        return this.pick(['true', 'false'])
    }
  }

  value(depth: number): string {
    const named = this.names.values
    if (named.length > 0 && this.random(4) === 0) return this.pick(named)
    switch (this.random(9)) {
      case 0:
        return this.words(depth)
      case 1:
        return this.numeric(depth)
      case 2:
        return depth > 0 ? this.list(depth) : this.text()
      case 3:
        return depth > 0 ? this.record(depth) : this.number()
      case 4:
        return depth > 0 ? this.truth(depth) : 'true'
      case 5:
        return depth > 0
          ? `(${this.truth(depth - 1)} ? ${this.value(depth - 1)} : ${this.value(depth - 1)})`
          : 'null'
      case 6:
        return depth > 0
          ? `(${this.value(depth - 1)} ${this.pick(['&&', '||'])} ${this.value(depth - 1)})`
          : 'undefined'
      case 7:
        return depth > 0 ? `((${this.value(depth - 1)}) ?? ${this.value(depth - 1)})` : 'false'
      default:
        return this.names.objects.length > 0
          ? `${this.pick(this.names.objects)}?.${this.pick(['a', 'b', 'name'])}`
          : this.text()
    }
  }

  /** A declaration of a kind that is known, so that later expressions make sense. */
  declaration(prefix: string): string {
    const name = this.fresh()
    const keyword = prefix || this.random(4) ? 'const' : this.pick(['let', 'var'])
    const [kind, text] = this.pick([
      ['numbers', () => this.numeric(3)],
      ['texts', () => this.words(3)],
      ['arrays', () => this.list(3)],
      ['objects', () => this.record(3)],
      ['values', () => this.value(3)],
    ] as const)
    const written = text()
    this.names[kind].push(name)
    if (kind !== 'values') this.names.values.push(name)
    return `${prefix}${keyword} ${name}: any = ${written}\n`
  }
}

/** A module, with a neighbour or two, in which everything is constant. */
export function constantModule(seed: number): Case {
  const writer = new Writer(random(seed))
  const files: Record<string, string> = {}
  let text = ''
  if (writer.random(2)) {
    const shared = Array.from({ length: 3 }, () => writer.declaration('export ')).join('')
    files['shared.ts'] = shared
    const [first, second, third] = writer.names.values.slice(-3) as [string, string, string]
    files['barrel.ts'] =
      `export { ${first}, ${second} as renamed } from './shared'\nexport * as all from './shared'\n`
    text += `import { ${first}, renamed as ${second}, all } from './barrel'\nimport { ${third} } from './shared.js'\n`
    text += `export const through = all.${first}\n`
  }
  if (writer.random(3) === 0) {
    text +=
      'enum Level { Low, High = 5, Next, Text = "t" }\nexport const level = [Level.High, Level[6], Level.Text, Level]\n'
  }
  for (let index = writer.random(6); index >= 0; index -= 1) text += writer.declaration('')
  text += `export const named = ${writer.value(4)}\n`
  text += `export default ${writer.record(4)}\n`
  files['module.ts'] = text
  return { name: `constant-${seed}`, files }
}

/** Functions that keep, hand on and change what they are given. */
const HELPERS = `const rest = (first: any, ...more: any[]) => {
  const [second] = more
  switch (typeof second) {
    case 'object':
      return { first, second }
    default:
      return more
  }
}
const toItem = (it: any, index: any, all: any) => ({ it, index, all })
function keep(it: any, { a = it }: any = {}) {
  const own = it
  if (own) return { own, a }
  return { a }
}
function inner(it: any) {
  const made = (x: any) => ({ x })
  return { f: made(it), g: list(it) }
  function list(x: any) {
    return [x]
  }
}
function defineKept(it: any) {
  const kept = { it }
  return { kept, it }
}
function bump(it: any) {
  it.n = 78
  return it
}
`
const USES_HELPERS = "import { bump, defineKept, inner, keep, rest, toItem } from './helpers'\n"

/** A module that declares objects, passes them around, changes some of them, and exports all. */
export function hostileModule(seed: number): Case {
  const writer = new Writer(random(seed))
  const files: Record<string, string> = {
    'helpers.ts': HELPERS.replaceAll(/^(?=const|function)/gm, 'export '),
  }
  const names: string[] = []
  let text = writer.random(2) ? USES_HELPERS : HELPERS
  const part = () =>
    names.length > 0 && writer.random(2)
      ? writer.pick(names)
      : writer.pick(["{ n: 1, s: 'x' }", '[1, 2, { n: 3 }]', '{ deep: { n: 1, list: [{ n: 2 }] } }'])
  const declare = (prefix = '') => {
    const name = writer.fresh()
    let before = ''
    const value = writer.pick([
      () => `{ a: ${part()}, b: ${part()} }`,
      () => `[${part()}, ${part()}]`,
      () => `{ ...${part()}, c: 1 }`,
      () => `[...([${part()}, 4])]`,
      () => `(${part()}).a ?? ${part()}`,
      () => `[${part()}].map((it: any) => it)`,
      () => `[${part()}].filter(Boolean)`,
      () => `Object.assign({}, ${part()})`,
      () => `Object.values(${part()})`,
      () => `[${part()}].find((it: any) => it)`,
      () => `(${writer.random(2)} ? ${part()} : ${part()})`,
      () => `Object.freeze({ q: ${part()} })`,
      () => `((it: any) => it)(${part()})`,
      () => `(() => ${part()})()`,
      () => `new Map([['k', ${part()}]]).get('k')`,
      () => `[...[${part()}, ${part()}]].reverse()`,
      () => `[${part()}].concat(${part()}).sort(() => 0)`,
      () => `Array.from({ length: 2 }, () => ${part()})`,
      () => `Array.from([${part()}], (it: any) => ({ it }))`,
      () => `keep(${part()}, { a: ${part()} })`,
      () => `rest(${part()}, ${part()})`,
      () => `inner(${part()})`,
      () => `defineKept(${part()})`,
      () => `[${part()}, ${part()}].map(toItem)`,
      () => `[${part()}].map((it: any, i: any, all: any) => { const own = it; return { own, i, all } })`,
      () => {
        before = `class C${name} { static held: any = ${part()} }\n`
        return `C${name}.held`
      },
      () => {
        before = `namespace N${name} { export const held: any = ${part()} }\n`
        return `N${name}.held`
      },
    ])()
    const keyword = prefix ? 'const' : writer.pick(['const', 'const', 'let', 'var'])
    names.push(name)
    return `${before}${prefix}${keyword} ${name}: any = ${value}\n`
  }
  const change = () => {
    const name = writer.pick(names)
    const other = writer.pick(names)
    const key = writer.pick(['n', 'a', 'b', 'c', 'q', '0', 'deep'])
    const at = key === '0' ? '[0]' : `.${key}`
    return `try { ${writer.pick([
      `${name}${at} = 99`,
      `${name}${at}.n = 98`,
      `${name}.push?.(97)`,
      `delete ${name}${at}`,
      `Object.assign(${name}, { n: 96 })`,
      `for (const it of Object.values(${name}) as any[]) it.n = 95`,
      `const { a: x } = ${name}; x.n = 94`,
      `const [y] = ${name}; y.n = 93`,
      `((it: any) => { it.n = 92 })(${name})`,
      `${name}.forEach?.((it: any) => { it.n = 91 })`,
      `const held = { ${other} }; held.${other}.n = 90`,
      `[${name}, ${other}].map((it: any) => { it.n = 89; return it })`,
      `Reflect.set(${name}, '${key}', 88)`,
      `(${name} as any)[String('n')] = 87`,
      `[${name}${at}] = [86]`,
      `({ k: ${name}${at} } = { k: 85 })`,
      `${name}${at} ??= ${other}; ${name}${at}.n++`,
      `${name}.sort?.(); ${name}.reverse?.()`,
      `class K { static held = ${name}; static { K.held.n = 84 } }`,
      `(function (this: any) { this.n = 83 }).call(${name})`,
      `Array.from([${name}], (it: any) => { it.n = 82 })`,
      `[${name}].reduce((sum: any, it: any) => { it.n = 81; return sum }, {})`,
      `bump(${name})`,
      `[${name}].forEach(bump)`,
      `const sorted = [${name}].slice().sort(); sorted[0].n = 77`,
      `keep(${name}).own.n = 76`,
      `rest(1, ${name}).second.n = 75`,
      `defineKept(${name}).kept.it.n = 74`,
      `[${name}].map(toItem)[0].it.n = 73`,
      `Array.from([${name}], toItem)[0].it.n = 72`,
      `inner(${name}).g[0].n = 71`,
      `(() => { const own = ${name}; own.n = 70 })()`,
      `[${name}].map((it: any, _: any, all: any) => { all[0].n = 69 })`,
      `[[${name}]].flatMap((it: any) => it.slice().reverse())[0].n = 68`,
    ])} } catch {}\n`
  }
  if (writer.random(2)) {
    files['shared.ts'] = USES_HELPERS + declare('export ') + declare('export ')
    const [first, second] = names as [string, string]
    if (writer.random(2)) {
      files['effect.ts'] =
        `import * as all from './shared'\ntry { (all as any).${first}.n = 80; (all as any).${second}.a.n = 79 } catch {}\n`
      text += "import './effect'\n"
    }
    text += `import { ${first}, ${second} } from './shared'\n`
  }
  for (let index = 2 + writer.random(5); index > 0; index -= 1) text += declare()
  for (let index = 1 + writer.random(2); index > 0; index -= 1) text += change()
  text += `export default { ${names.join(', ')} }\n`
  files['module.ts'] = text
  return { name: `hostile-${seed}`, files }
}
