import './page.css';

// The bundler's page has no language, and what the extension says is English.
document.documentElement.lang = 'en';
