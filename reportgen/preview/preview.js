// Asks whether there is a newer build, and shows it where the reader was. Served to the preview's own page alone.
"use strict";
const shown = Number(document.body.dataset.number);
const state = document.querySelector(".state");
const place = "reportgen-preview-scroll";

async function ask() {
  try {
    const answer = await fetch("state", { cache: "no-store" });
    const now = await answer.json();
    if (now.number !== shown) {
      location.reload();
      return;
    }
    if (now.busy && shown > 0) {
      state.textContent = "being built …";
    }
  } catch {
    state.textContent = "the preview has ended";
  }
  setTimeout(ask, 700);
}

const section = document.querySelector("section");
if (section) {
  section.scrollTop = Number(sessionStorage.getItem(place) || 0);
  addEventListener("pagehide", () => sessionStorage.setItem(place, String(section.scrollTop)));
}
ask();
