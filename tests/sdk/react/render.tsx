/** Rendering in the browser that runs the tests. */
import { act, type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onTestFinished, vi } from 'vitest'
// What the registry loads when it needs it takes no time in tests.
import '../../../npm/plugin-sdk/src/checks.js'
import '../../../npm/plugin-sdk/src/life.js'
import type { Component } from '../../../npm/plugin-sdk/src/core.js'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

/** What is on the page. */
interface Screen {
  readonly text: () => string
  readonly element: HTMLElement
  show(node: ReactNode): Promise<void>
  click(label: string): Promise<void>
  unmount(): Promise<void>
}

export async function render(node: ReactNode): Promise<Screen> {
  // React logs what a boundary has caught; the tests look at what the registry was told.
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const element = document.body.appendChild(document.createElement('div'))
  const root = createRoot(element)
  const unmount = () => change(() => root.unmount())
  onTestFinished(async () => {
    await unmount()
    element.remove()
    vi.restoreAllMocks()
  })
  const screen: Screen = {
    element,
    text: () => element.textContent ?? '',
    show: (next) => change(() => root.render(next)),
    click: (label) =>
      change(() => {
        const button = [...element.querySelectorAll('button, a')].find(
          ({ textContent }) => textContent === label,
        )
        if (!button) throw new Error(`There is no "${label}" in: ${element.innerHTML}`)
        button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
      }),
    unmount,
  }
  await screen.show(node)
  return screen
}

export const strict = (node: ReactNode) => <StrictMode>{node}</StrictMode>

/** Lets everything happen that a change has set off. */
export async function change(work: () => unknown): Promise<void> {
  await act(async () => {
    await work()
  })
  // What was rendered may load code, and what that renders may load more.
  for (let round = 0; round < 3; round++)
    await act(async () => {
      await vi.dynamicImportSettled()
      await new Promise((resolve) => setTimeout(resolve))
    })
}

/** The module of a component as `import()` gives it. */
export const module = (component: Component) => async () => ({ default: component })

/** A component that counts how often it was rendered. */
export function counted(body: () => ReactNode) {
  const counter = { renders: 0 }
  const Counted = () => {
    counter.renders++
    return body()
  }
  return Object.assign(Counted, { counter })
}
