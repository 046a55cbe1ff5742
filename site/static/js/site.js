// Entry of every page. A behaviour is fetched only where the page has something for it; without any, all still works.

if (document.querySelector("[data-error-summary]")) {
  import("./components/error_summary.js").then(({ focusErrorSummary }) => focusErrorSummary());
}

const sliders = document.querySelectorAll("[data-slider]");
if (sliders.length) {
  import("./components/slider.js").then(({ startSlider }) => sliders.forEach(startSlider));
}

const copies = document.querySelectorAll("[data-copy]");
if (copies.length) {
  import("./components/copy_button.js").then(({ startCopy }) => copies.forEach(startCopy));
}

const printers = document.querySelectorAll("[data-print]");
if (printers.length) {
  import("./components/share_links.js").then(({ startPrint }) => printers.forEach(startPrint));
}

const rememberedBar = document.querySelector("[data-remembered-bar]");
const comparison = document.querySelector("[data-comparison]");
if (rememberedBar || comparison) {
  import("./components/remember.js").then(({ startRemembering, startComparison }) => {
    if (rememberedBar) startRemembering(rememberedBar);
    if (comparison) startComparison(comparison);
  });
}
