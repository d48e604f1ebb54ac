/** Firefox's own name for it. */
interface SidebarAction {
  open(): Promise<void>;
}

/** Opens the side panel of the window in view. Must be called in a click. */
export async function openSidePanel(): Promise<void> {
  const { sidebarAction, sidePanel } = chrome as typeof chrome & { sidebarAction?: SidebarAction };
  if (sidebarAction !== undefined) return await sidebarAction.open();
  const { id } = await chrome.windows.getCurrent();
  if (id !== undefined) await sidePanel.open({ windowId: id });
}
