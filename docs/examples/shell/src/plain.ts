import plugins, { subscribe } from 'virtual:framework-m-plugins'
import { follow, PluginRegistry } from '@framework-m/plugin-sdk/core'

/** A menu without React. What a component is, is between this shell and its plugins. */
export function mount(nav: HTMLElement): () => void {
  const registry = new PluginRegistry()
  const draw = () => {
    const items = registry.getMenu().flatMap((node) => node.children ?? [node])
    nav.replaceChildren(
      ...items.map(({ label, route = '#' }) =>
        Object.assign(document.createElement('a'), { href: route, textContent: String(label) }),
      ),
    )
  }
  const stopDrawing = registry.subscribe(draw)
  const { stop } = follow(registry, { get: () => plugins, subscribe })
  draw()
  return () => {
    stop()
    stopDrawing()
  }
}
