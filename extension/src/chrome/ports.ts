import { type ActionPort, createChromeAction } from './ports/action-port.ts';
import { type AlarmsPort, createChromeAlarms } from './ports/alarms-port.ts';
import { createChromeLifecycle, type LifecyclePort } from './ports/lifecycle-port.ts';
import { createChromeMessaging, type MessagingPort } from './ports/messaging-port.ts';
import { createChromeNotifications, type NotificationsPort } from './ports/notifications-port.ts';
import { createChromePermissions, type PermissionsPort } from './ports/permissions-port.ts';
import { createChromeScripting, type ScriptingPort } from './ports/scripting-port.ts';
import { createWebSocketPort, type SocketPort } from './ports/socket-port.ts';
import { createChromeStorage, type StoragePort } from './ports/storage-port.ts';
import { createSystemPort, type SystemPort } from './ports/system-port.ts';
import { createChromeTabs, type TabsPort } from './ports/tabs-port.ts';
import { createChromeWebRequest, type WebRequestPort } from './ports/web-request-port.ts';

/** Everything outside that the background touches. A test gives its own. */
export interface Ports {
  action: ActionPort;
  alarms: AlarmsPort;
  lifecycle: LifecyclePort;
  messaging: MessagingPort;
  notifications: NotificationsPort;
  permissions: PermissionsPort;
  scripting: ScriptingPort;
  socket: SocketPort;
  storage: StoragePort;
  system: SystemPort;
  tabs: TabsPort;
  webRequest: WebRequestPort;
}

export function createChromePorts(): Ports {
  return {
    action: createChromeAction(),
    alarms: createChromeAlarms(),
    lifecycle: createChromeLifecycle(),
    messaging: createChromeMessaging(),
    notifications: createChromeNotifications(),
    permissions: createChromePermissions(),
    scripting: createChromeScripting(),
    socket: createWebSocketPort(),
    storage: createChromeStorage(),
    system: createSystemPort(),
    tabs: createChromeTabs(),
    webRequest: createChromeWebRequest(),
  };
}
