// Screens of a hall: what is shown changes by itself, and calls are heard. Without scripts the page comes again.
(() => {
  "use strict";
  // A slip goes away by itself, so that the next one finds the first page.
  // Whoever still reads, by hand or by keys, has the whole time again.
  document.querySelectorAll("[data-after]").forEach((link) => {
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => link.click(), 1000 * link.dataset.after);
    };
    ["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, wait));
    wait();
  });

  const place = document.querySelector("[data-live]");
  if (!place || !window.EventSource) return;
  const lost = document.querySelector("[data-lost]");
  const button = document.querySelector("[data-sound]");
  const heard = new Set();
  const calls = () => [...place.querySelectorAll("[data-call]")];
  const listen = () => calls().filter((call) => call.dataset.say && !heard.has(call.dataset.call));
  calls().forEach((call) => heard.add(call.dataset.call));

  // A browser lets a page be heard only after somebody touched it, unless it is told otherwise on a screen of the hall.
  let sound = null;
  const chime = () => {
    sound ??= new AudioContext();
    [[880, 0], [660, 0.35]].forEach(([pitch, after]) => {
      const [tone, loudness] = [sound.createOscillator(), sound.createGain()];
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.25, sound.currentTime + after);
      loudness.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + after + 0.5);
      tone.connect(loudness).connect(sound.destination);
      tone.start(sound.currentTime + after);
      tone.stop(sound.currentTime + after + 0.5);
    });
    if (button) button.hidden = sound.state === "running";
  };
  const speak = (text) => {
    if (!window.speechSynthesis) return;
    const sentence = new SpeechSynthesisUtterance(text);
    sentence.lang = place.dataset.tongue;
    sentence.rate = 0.9;
    window.speechSynthesis.speak(sentence);
  };
  button?.addEventListener("click", async () => {
    sound ??= new AudioContext();
    await sound.resume();
    button.hidden = true;
  });
  if (button && window.AudioContext) {
    sound = new AudioContext();
    button.hidden = sound.state === "running";
  }

  const stream = new EventSource(place.dataset.live);
  let timer;
  stream.addEventListener("board", (event) => {
    const page = new DOMParser().parseFromString(event.data, "text/html");
    place.replaceChildren(...page.body.childNodes);
    const fresh = listen();
    calls().forEach((call) => heard.add(call.dataset.call));
    if (fresh.length) chime();
    fresh.reverse().forEach((call) => speak(call.dataset.say));
  });
  stream.addEventListener("open", () => {
    clearTimeout(timer);
    if (lost) lost.hidden = true;
  });
  stream.addEventListener("error", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (lost) lost.hidden = false; }, 3000);
  });
})();
