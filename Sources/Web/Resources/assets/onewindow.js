// OneWindow: everything here is a convenience. Every deed works without it.
(() => {
  "use strict";
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const live = document.getElementById("live");

  /** Says a sentence to people who listen to the page. */
  const say = (sentence) => {
    if (!live || !sentence) return;
    live.textContent = "";
    setTimeout(() => { live.textContent = sentence; }, 60);
  };

  const isTyping = (element) =>
    element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
    (element.tagName === "INPUT" && !/^(radio|checkbox|button|submit|file)$/.test(element.type));

  // Copying and printing: buttons that only scripts can serve are hidden until now.
  const enliven = (within) => {
    all("[data-copy]", within).forEach((button) => {
      if (!navigator.clipboard) return;
      button.hidden = false;
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(button.dataset.copy);
        } catch {
          return;
        }
        const word = button.querySelector("span");
        const before = word.textContent;
        word.textContent = button.dataset.said;
        say(button.dataset.said);
        setTimeout(() => { word.textContent = before; }, 2000);
      });
    });
    all("[data-print]", within).forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });
    all("form", within).forEach((form) => {
      guard(form);
      if (form.dataset.autosave) autosave(form);
    });
    all("[data-count]", within).forEach(count);
    all("[data-sign]", within).forEach(sign);
    all("[data-suggest]", within).forEach(suggest);
    within.querySelector("[data-focus]")?.focus();
  };

  // A second click on the same form does nothing; an upload shows how far it is.
  const guard = (form) => {
    form.addEventListener("submit", (event) => {
      if (form.method !== "post") return;
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      all("button", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
      say(form.dataset.sending);
      const hasFiles = all("input[type=file]", form).some((input) => input.files.length > 0);
      if (hasFiles && !event.defaultPrevented) {
        event.preventDefault();
        upload(form, event.submitter);
      }
    });
  };
  const release = (form) => {
    delete form.dataset.sent;
    all("button", form).forEach((button) => button.removeAttribute("aria-disabled"));
  };
  window.addEventListener("pageshow", (event) => { if (event.persisted) all("form").forEach(release); });

  const upload = (form, submitter) => {
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", form.dataset.sending || "");
    form.append(bar);
    const request = new XMLHttpRequest();
    request.open("POST", submitter?.getAttribute("formaction") || form.getAttribute("action"));
    request.responseType = "document";
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = Math.round(event.loaded / event.total * 100);
    });
    request.addEventListener("load", () => {
      const answer = request.response;
      const main = answer && answer.querySelector("main");
      if (!main) { failed(form, bar); return; }
      page += 1;
      history.pushState({ page }, "", request.responseURL);
      document.title = answer.title;
      document.querySelector("main").replaceWith(main);
      window.scrollTo(0, 0);
      enliven(main);
      if (!main.querySelector("[data-focus]")) main.focus();
    });
    request.addEventListener("error", () => failed(form, bar));
    const fields = new FormData(form);
    if (submitter?.name) fields.append(submitter.name, submitter.value);
    request.send(fields);
  };
  // Going back to another page asks for it; a link within a page does not, so that nothing typed is lost.
  let page = history.state?.page ?? 0;
  history.replaceState({ page }, "");
  window.addEventListener("popstate", (event) => {
    if ((event.state?.page ?? page) !== page) location.reload();
  });
  const failed = (form, bar) => {
    bar.remove();
    release(form);
    const place = form.querySelector("[data-saved]");
    if (place) place.textContent = form.dataset.failed;
    say(form.dataset.failed);
  };

  // Keeping a draft: a while after the last keystroke, at once when a field is left, again after a failure.
  const autosave = (form) => {
    const place = form.querySelector("[data-saved]");
    let timer, kept = fieldsOf(form).toString(), isSaying = "";
    const tell = (text) => {
      place.textContent = text;
      if (isSaying !== text) say(text);
      isSaying = text;
    };
    const save = async () => {
      clearTimeout(timer);
      const fields = fieldsOf(form);
      const now = fields.toString();
      if (now === kept || form.dataset.sent) return;
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST", body: fields, credentials: "same-origin", redirect: "error",
        });
        if (!answer.ok) throw new Error(String(answer.status));
        kept = now;
        tell(form.dataset.said);
      } catch {
        tell(form.dataset.failed);
        timer = setTimeout(save, 15000);
      }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 1500); });
    form.addEventListener("change", save);
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  };
  const fieldsOf = (form) => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    return fields;
  };

  // Characters left in a long text.
  const count = (area) => {
    const max = area.maxLength;
    if (max < 0) return;
    const note = document.createElement("p");
    note.className = "note";
    note.setAttribute("aria-hidden", "true");
    area.after(note);
    const show = () => { note.textContent = `${[...area.value].length} / ${max}`; };
    area.addEventListener("input", show);
    show();
  };

  // A signature by hand: strokes as points of the canvas's own field, thinned, in a hidden field.
  const sign = (part) => {
    const canvas = part.querySelector("canvas"), field = part.querySelector("input"), again = part.querySelector("button");
    const pen = window.PointerEvent && canvas.getContext("2d");
    if (!pen) return;
    let strokes = [], stroke, points = 0;
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      const within = (share, most) => Math.min(Math.max(Math.round(share * most), 0), most);
      return [within((event.clientX - box.left) / box.width, canvas.width), within((event.clientY - box.top) / box.height, canvas.height)];
    };
    const keep = () => { field.value = strokes.map((one) => one.map((at) => at.join(",")).join(" ")).join(";"); };
    Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#111" });
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button || strokes.length >= 100 || points >= 2900) return;
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      strokes.push(stroke = [place(event)]);
      points += 1;
      keep();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!stroke) return;
      const moves = event.getCoalescedEvents?.() ?? [];
      for (const one of moves.length ? moves : [event]) {
        const from = stroke.at(-1), to = place(one);
        if (points >= 2900 || Math.hypot(to[0] - from[0], to[1] - from[1]) < 3) continue;
        stroke.push(to);
        points += 1;
        pen.beginPath();
        pen.moveTo(...from);
        pen.lineTo(...to);
        pen.stroke();
      }
      keep();
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { stroke = undefined; });
    again.addEventListener("click", () => {
      [strokes, stroke, points, field.value] = [[], undefined, 0, ""];
      pen.clearRect(0, 0, canvas.width, canvas.height);
    });
    canvas.hidden = again.hidden = false;
  };

  // Suggestions under a search box: a combobox with a list (WAI-ARIA 1.2).
  const suggest = (input) => {
    const list = document.createElement("ul");
    list.className = "suggest";
    list.id = `${input.id}-list`;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    input.parentElement.append(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-autocomplete", "list");
    list.setAttribute("aria-label", input.labels[0]?.textContent || "");
    let timer, asked, chosen = -1;
    const close = () => {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (index) => {
      const options = all("li", list);
      if (!options.length) return;
      chosen = (index + options.length) % options.length;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
      input.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    };
    const show = (found) => {
      list.replaceChildren(...found.slice(0, 8).map((entry, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.href = entry.href;
        option.textContent = entry.label;
        if (entry.note) {
          const note = document.createElement("span");
          note.className = "note";
          note.textContent = ` ${entry.note}`;
          option.append(note);
        }
        return option;
      }));
      chosen = -1;
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      if (found.length) say((input.dataset.said || "").replace("{n}", list.children.length));
    };
    const go = (option) => {
      const target = new URL(option.dataset.href, location.href);
      if (target.origin === location.origin) location.assign(target);
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      asked?.abort();
      const question = input.value.trim();
      if (!question) { close(); return; }
      timer = setTimeout(async () => {
        asked = new AbortController();
        try {
          const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(question)}`, { signal: asked.signal });
          if (answer.ok) show(await answer.json());
        } catch {
          close();
        }
      }, 150);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
      if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
      // The browser's own Escape would empty the field.
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
      if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); go(list.children[chosen]); }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) go(option);
    });
    input.addEventListener("blur", close);
  };

  // Keys of work screens: j and k move in a list, Enter opens, other keys do the deed that shows them.
  const rows = () => all("[data-list] [data-row], [data-checklist] [data-row]").filter((row) => row.offsetParent !== null);
  const rowOf = (element) => element?.closest?.("[data-row]");
  const enter = (row) => {
    all(".at").forEach((other) => other.classList.remove("at"));
    row.classList.add("at");
    const first = ["input:checked", "[data-open]", "input", "a"].map((query) => row.querySelector(query)).find(Boolean);
    first?.focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const move = (by) => {
    const list = rows();
    if (!list.length) return;
    const at = list.indexOf(rowOf(document.activeElement) || document.querySelector("[data-row].at, [data-row][aria-current]"));
    enter(list[Math.min(Math.max(at < 0 ? 0 : at + by, 0), list.length - 1)]);
  };
  const digit = (key) => {
    const row = rowOf(document.activeElement);
    const choice = row?.querySelector(`[data-digit="${key}"]`);
    if (!choice) return false;
    choice.checked = true;
    choice.focus();
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    const open = rows().find((other) => other.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_PRECEDING &&
      other.querySelector("[data-digit]") && !other.querySelector("[data-digit]:checked"));
    if (open) enter(open);
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.activeElement.closest("details.menu[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
      // On work screens single keys are deeds again once a field is left; anywhere else nothing is lost by Escape.
      if (document.body.hasAttribute("data-keys") && isTyping(document.activeElement)) document.activeElement.blur();
      return;
    }
    const isDoor = document.body.hasAttribute("data-keys");
    if (!isDoor || event.ctrlKey || event.metaKey || event.isComposing || event.repeat && !/^[jk]$/.test(event.key)) return;
    if (!event.altKey && isTyping(event.target)) return;
    const key = event.altKey && /^(Key|Digit)/.test(event.code) ? event.code.replace(/^(Key|Digit)/, "").toLowerCase() : event.key;
    if (key === "j" || key === "k") { event.preventDefault(); move(key === "j" ? 1 : -1); return; }
    if (/^[0-9]$/.test(key) && digit(key)) { event.preventDefault(); return; }
    const target = all("[data-key]").find((element) => element.dataset.key === key && element.offsetParent !== null);
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (/^(A|BUTTON|SUMMARY)$/.test(target.tagName)) target.click();
  });

  // Parts of a page that others change: told by a stream, fetched anew, and never taken from under somebody's hands.
  const follow = (part) => {
    if (!window.EventSource) return;
    let asked = false;
    const renew = async () => {
      if (asked || part.contains(document.activeElement) && isTyping(document.activeElement)) return;
      asked = true;
      try {
        const answer = await fetch(location.href, { credentials: "same-origin" });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = answer.ok && page.getElementById(part.id);
        if (fresh && fresh.innerHTML !== part.innerHTML) {
          const held = part.contains(document.activeElement) ? document.activeElement : null;
          const [key, action] = [held?.dataset.key, held?.form?.getAttribute("action")];
          part.replaceChildren(...fresh.childNodes);
          enliven(part);
          // Whoever had the focus keeps it: at the same key, at the same deed, or where the part begins.
          if (held) {
            (key && part.querySelector(`[data-key="${key}"]`) ||
              action && all("button", part).find((button) => button.form?.getAttribute("action") === action) ||
              document.querySelector("main")).focus();
          }
          say(part.querySelector("[data-told]")?.textContent);
        }
      } catch {
        return;
      } finally {
        asked = false;
      }
    };
    let first = true;
    new EventSource(part.dataset.refresh).addEventListener("board", () => { if (!first) renew(); first = false; });
  };
  all("[data-refresh]").forEach(follow);

  // A form that is worked through on a work screen: Enter goes on to what is still open, and so does the page itself.
  const isOpen = (control, form) => {
    if (control.offsetParent === null || control.readOnly || control.disabled) return false;
    if (/^(hidden|checkbox|file)$/.test(control.type) || control.closest(".field")?.querySelector(".optional")) return false;
    if (control.type !== "radio") return !control.value;
    return !form.querySelector(`input[name="${CSS.escape(control.name)}"]:checked`);
  };
  const firstOpen = (form) => all("input, select, textarea", form).find((control) => isOpen(control, form));
  const flow = (form) => form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.altKey || !event.target.matches("input, select")) return;
    const next = firstOpen(form);
    if (!next && form.method === "get") return;
    event.preventDefault();
    (next || form.querySelector("button[type=submit]")).focus();
  });
  if (document.body.hasAttribute("data-keys")) {
    const flows = all("form[data-flow]");
    flows.forEach(flow);
    const next = flows.map(firstOpen).find(Boolean) || flows.length && document.querySelector("[data-list] [data-open]");
    if (next && !document.querySelector("[data-focus]")) next.focus();
  }

  // One menu open at a time; a click elsewhere closes it.
  document.addEventListener("click", (event) => {
    all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  enliven(document);
})();
