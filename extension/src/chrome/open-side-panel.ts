/** Firefox's own name for it. */
interface SidebarAction {
  open(): Promise<void>;
}

/**
 * Opens the side panel. Must be called in a click, or as a key's first step.
 * @param windowId Its window; by default the one in view, which a key has no time to ask for.
 */
export async function openSidePanel(windowId?: number): Promise<void> {
  const { sidebarAction, sidePanel } = chrome as typeof chrome & { sidebarAction?: SidebarAction };
  if (sidebarAction !== undefined) return await sidebarAction.open();
  const id = windowId ?? (await chrome.windows.getCurrent()).id;
  if (id !== undefined) await sidePanel.open({ windowId: id });
}
