// uPlot asks for the screen's resolution when it is loaded, and jsdom has no screen.
window.matchMedia = () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }) as unknown as MediaQueryList;
