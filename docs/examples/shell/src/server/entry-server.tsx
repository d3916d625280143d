import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { memoryStorage, type PluginHandle } from '@framework-m/plugin-sdk'
import type { ReactNode } from 'react'
import { renderToPipeableStream } from 'react-dom/server'
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from 'react-router'
import type { User } from '../registry'
import { open, routes, Shell } from './shell'

export interface Rendered {
  readonly status: number
  readonly html: string
  /** The plugins whose pages are shown. */
  readonly plugins: readonly string[]
}

/** The shell at an address, as one user sees it, with the page of whatever plugin is there. */
export async function render(request: Request, user: User): Promise<Rendered | Response> {
  const registry = await open(user, memoryStorage())
  try {
    const handler = createStaticHandler(routes(registry))
    const context = await handler.query(request)
    if (context instanceof Response) return context
    const router = createStaticRouter(handler.dataRoutes, context)
    const html = await textOf(
      <Shell registry={registry}>
        <StaticRouterProvider router={router} context={context} hydrate={false} />
      </Shell>,
    )
    const handles = context.matches.map(({ route }) => route.handle as PluginHandle | undefined)
    const plugins = handles.flatMap((handle) => handle?.plugin ?? [])
    return { status: context.statusCode, html, plugins: [...new Set(plugins)] }
  } finally {
    await registry.shutdown()
  }
}

/** Ends when everything is there: pages, extensions, and the plugins' code. */
function textOf(app: ReactNode): Promise<string> {
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(app, {
      onAllReady: () => resolve(text(pipe(new PassThrough()))),
      onShellError: reject,
    })
  })
}
