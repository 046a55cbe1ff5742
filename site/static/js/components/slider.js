// Turns a scrollable row of slides into a slider: back, forward, pause. The row itself works without this module.

const PAUSE = 7000;

function button(label, text, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.dataset.kind = "secondary";
  element.setAttribute("aria-label", label);
  element.textContent = text;
  element.addEventListener("click", press);
  return element;
}

export function startSlider(slider) {
  const row = slider.querySelector("[data-slider-row]");
  const name = slider.getAttribute("aria-label");
  const words = slider.dataset; // of another language, where the page has one
  const slides = [...row.children];
  if (slides.length < 2 || row.scrollWidth <= row.clientWidth) return;

  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let timer = 0;
  let advancing = slider.hasAttribute("data-slider-auto") && !calm.matches;
  let held = false; // hovered or focused: wait

  const start = () => row.getBoundingClientRect().left + parseFloat(getComputedStyle(row).paddingInlineStart);
  const current = () => {
    const distances = slides.map((slide) => Math.abs(slide.getBoundingClientRect().left - start()));
    return distances.indexOf(Math.min(...distances));
  };
  const atEnd = () => row.scrollLeft + row.clientWidth >= row.scrollWidth - 2;

  const show = (index) => {
    const target = slides[(index + slides.length) % slides.length];
    const left = row.scrollLeft + target.getBoundingClientRect().left - start();
    row.scrollTo({ left, behavior: calm.matches ? "auto" : "smooth" });
  };
  const forward = () => show(atEnd() ? 0 : current() + 1);
  const back = () => show(row.scrollLeft < 2 ? slides.length - 1 : current() - 1);

  const status = document.createElement("p");
  status.className = "slider__status";
  const tell = () => {
    status.textContent = `${current() + 1} ${words.of ?? "von"} ${slides.length}`;
  };
  let settled = 0;
  row.addEventListener("scroll", () => {
    clearTimeout(settled);
    settled = setTimeout(tell, 120);
  });

  const controls = document.createElement("div");
  controls.className = "slider__controls";
  controls.append(
    button(`${words.back ?? "Zurück"}: ${name}`, "←", () => (pause(), back())),
    button(`${words.forward ?? "Weiter"}: ${name}`, "→", () => (pause(), forward())),
  );

  const toggle = button("", "", () => (advancing ? pause() : play()));
  const label = () => {
    toggle.textContent = advancing ? (words.pause ?? "Anhalten") : (words.play ?? "Abspielen");
    toggle.setAttribute("aria-label", `${toggle.textContent}: ${name}`);
    // Announced only when the visitor moves, never when the row moves by itself.
    status.setAttribute("aria-live", advancing ? "off" : "polite");
  };
  function pause() {
    advancing = false;
    clearInterval(timer);
    label();
  }
  function play() {
    advancing = true;
    clearInterval(timer);
    timer = setInterval(() => {
      if (!held && !document.hidden) forward();
    }, PAUSE);
    label();
  }

  if (slider.hasAttribute("data-slider-auto") && !calm.matches) controls.append(toggle);
  controls.append(status);
  slider.append(controls);

  row.addEventListener("pointerdown", () => advancing && pause()); // whoever swipes goes on at their own pace
  slider.addEventListener("pointerenter", () => (held = true));
  slider.addEventListener("pointerleave", () => (held = slider.contains(document.activeElement)));
  slider.addEventListener("focusin", () => (held = true));
  slider.addEventListener("focusout", () => (held = false));
  calm.addEventListener("change", () => calm.matches && pause());

  tell();
  label();
  if (advancing) play();
}
