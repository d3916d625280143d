import type { NameOf } from './names.js'

/**
 * A path that leads to a page of the shell or of a plugin, with parameters filled in, and if need be a query or a hash:
 * `/wms/stock/A-100?tab=moves`. Or a link that leads elsewhere. While the routes are not known it is any string.
 */
export type RoutePath = string extends Pattern
  ? string
  : (Filled<Pattern, ''> & string) | Filled<Pattern, `?${string}` | `#${string}`> | Link

type Link = `${'http' | 'https'}://${string}` | `mailto:${string}`

/** A plugin does not know what the shell puts in front of its routes. */
type Pattern = NameOf<'routePath'> | WithoutBase<NameOf<'routePath'>>

type WithoutBase<Path, Base = NameOf<'routeBase'>> = string extends Base
  ? never
  : Path extends Base
    ? '/'
    : Path extends `${Base & string}/${infer Rest}`
      ? `/${Rest}`
      : never

/** The paths that fit a pattern, as React Router reads it: `/stock/:sku`, `/:lang?/about`, `/edit?`, `/files/*`. */
type Filled<Pattern, End extends string> = Pattern extends `/${infer Segments}`
  ? Rooted<Joined<Segments, End>>
  : never

type Rooted<Path> = Path extends `/${string}` ? Path : `/${Path & string}`

type Joined<Segments, End extends string> = Segments extends `${infer Segment}/${infer Rest}`
  ? `${Part<Segment, ''>}${Joined<Rest, End>}`
  : Part<Segments, End>

/** What a segment may be. A parameter may be anything, whatever end it has included. */
type Part<Segment, End extends string> = Segment extends ''
  ? End
  : Segment extends `:${string}?` | '*'
    ? End | `/${string}`
    : Segment extends `:${string}`
      ? `/${string}`
      : Segment extends `${infer Static}?`
        ? End | `/${Static}${End}`
        : `/${Segment & string}${End}`
