import '@plasmohq/messaging/background';
