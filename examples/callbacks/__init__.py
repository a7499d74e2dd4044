"""A small contact center application: flows deployed from files, and callbacks that customers ask for on a web page."""
