/** What may be allowed or denied on one kind of thing. */
export interface Permission {
  /** The kind of thing: `stock`. */
  resource: string
  /** What may be done with it: `['read', 'adjust']`. */
  actions: readonly string[]
  /** What the people who grant it read. Default: the resource. */
  label?: string
  /** A sentence for them. Default: none. */
  description?: string
}
