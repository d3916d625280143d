/**
 * When a contribution is shown.
 *
 * A string is an expression over the context that the shell gives: `==`, `!=`, `<`, `<=`, `>`, `>=`, `&&`, `||`,
 * `!`, `in`, parentheses, dotted names and literals, as in `"user.role == 'clerk'"`. It is checked when the shell
 * is built; `docs/when.md` defines it. A function gets the same context, and needs the plugin's code to be loaded
 * before it can be asked.
 */
export type Condition = string | ((context: Readonly<Record<string, unknown>>) => boolean)
