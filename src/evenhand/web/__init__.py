"""The look of Evenhand: layouts, components, menus and the forms of every page."""
